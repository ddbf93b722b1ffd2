package dev.holdfast.common.event;

import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;

/**
 * Something that happened to one backup. Delivered at least once and in any order: deduplicate by the envelope's id, order by
 * its sequence. Additions within a version are optional fields; a break is a new version beside the old one.
 */
public sealed interface BackupEvent
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
}
