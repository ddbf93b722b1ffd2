package dev.holdfast.common.event;

import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;

/** Something that happened to one backup. */
public sealed interface BackupEvent extends HoldfastEvent
        permits BackupRequested,
                BackupCancelRequested,
                BackupStarted,
                BackupProgressed,
                BackupCompleted,
                BackupFailed,
                BackupCancelled {

    BackupId backupId();

    SourceId sourceId();

    /** The source's name when the backup was requested, for people who read the event. */
    String sourceName();

    /** Which try of the backup this belongs to, from 1. */
    int attempt();

    @Override
    default String subject() {
        return backupId().toString();
    }
}
