package dev.holdfast.api.backup;

import dev.holdfast.common.id.BackupId;
import java.util.UUID;

/**
 * The end of a backup that the notification-service may not have heard of.
 *
 * @param event the one that told it
 * @param tries how often the worker was asked to tell it again
 */
record UntoldOutcome(BackupId backup, UUID event, int attempt, int tries) {}
