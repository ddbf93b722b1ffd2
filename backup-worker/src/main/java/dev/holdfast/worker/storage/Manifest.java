package dev.holdfast.worker.storage;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.json}: all that is needed to restore a backup without Holdfast. Written last; a directory without one is no
 * backup.
 *
 * @param formatVersion 1
 * @param connection absent for a backup of media alone
 * @param startedAt of the attempt that made it
 * @param sealedAt when the manifest was written
 * @param artifacts every file but this one
 * @param encryption {@code none} until artifacts are encrypted
 */
public record Manifest(
        int formatVersion,
        BackupId backupId,
        SourceId sourceId,
        String sourceName,
        String name,
        @Nullable String description,
        BackupType type,
        int attempt,
        @Nullable SourceConnection connection,
        Instant requestedAt,
        Instant startedAt,
        Instant sealedAt,
        List<Artifact> artifacts,
        BackupMetadata metadata,
        String encryption) {}
