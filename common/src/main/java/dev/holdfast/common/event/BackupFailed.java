package dev.holdfast.common.event;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attempt ended without an artifact.
 *
 * @param logExcerpt the last lines of the run's log, free of secrets, at most 16 KiB
 * @param willRetry whether the worker tries again by itself; if not, this is the backup's outcome
 * @param parts what the backup was to be made of; absent from an older worker
 */
public record BackupFailed(
        BackupId backupId,
        SourceId sourceId,
        String sourceName,
        int attempt,
        Failure failure,
        String logExcerpt,
        boolean willRetry,
        @Nullable List<BackupPart> parts)
        implements BackupEvent {}
