package dev.holdfast.common.event;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import java.time.Duration;
import java.util.List;

/**
 * The backup is sealed on its volume and has been read through.
 *
 * @param path the directory of the artifacts, absolute, as the worker sees it
 * @param sizeBytes of all artifacts together
 * @param duration from start to seal; seconds on the wire
 */
public record BackupCompleted(
        BackupId backupId,
        SourceId sourceId,
        String sourceName,
        int attempt,
        String path,
        List<Artifact> artifacts,
        long sizeBytes,
        @JsonFormat(shape = JsonFormat.Shape.NUMBER) Duration duration,
        BackupMetadata metadata)
        implements BackupEvent {}
