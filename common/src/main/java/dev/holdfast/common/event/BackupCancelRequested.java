package dev.holdfast.common.event;

import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;

/** Somebody asked to stop a backup. It may come before the request itself; a backup that has ended already stays as it is. */
public record BackupCancelRequested(BackupId backupId, SourceId sourceId, String sourceName, int attempt)
        implements BackupEvent {}
