package dev.holdfast.common.event;

import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;

/** A backup was stopped because somebody asked for it; nothing of it is left on the volume. */
public record BackupCancelled(BackupId backupId, SourceId sourceId, String sourceName, int attempt)
        implements BackupEvent {}
