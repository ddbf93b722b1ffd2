package dev.holdfast.common.event;

import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;

/**
 * A worker reached the server and chose its tool.
 *
 * @param worker which worker runs it
 * @param toolVersion of the chosen {@code pg_dump}, such as {@code 17.12}
 * @param serverVersion of the source's server
 */
public record BackupStarted(
        BackupId backupId,
        SourceId sourceId,
        String sourceName,
        int attempt,
        String worker,
        String toolVersion,
        String serverVersion)
        implements BackupEvent {}
