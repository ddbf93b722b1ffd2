package dev.holdfast.common.event;

import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;

/**
 * How far a running backup is; sent when the phase changes and about once a second in between.
 *
 * @param bytesWritten to the volume so far, in bytes
 * @param tablesDone tables whose rows are dumped, of {@code tablesTotal}; both 0 while unknown
 */
public record BackupProgressed(
        BackupId backupId,
        SourceId sourceId,
        String sourceName,
        int attempt,
        BackupPhase phase,
        long bytesWritten,
        int tablesDone,
        int tablesTotal)
        implements BackupEvent {}
