package dev.holdfast.worker.job;

import dev.holdfast.common.event.BackupMetadata;
import java.time.Duration;

/**
 * What a sealed backup is like.
 *
 * @param duration from the start of the attempt that made it to its seal
 */
public record Completion(PublishedBackup published, Duration duration, BackupMetadata metadata) {}
