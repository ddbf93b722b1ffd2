package dev.holdfast.worker.job;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.id.BackupId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a backup came out.
 *
 * @param failure none where it completed
 */
public record Outcome(
        BackupId id,
        String sourceName,
        Instant endedAt,
        @Nullable Failure failure) {}
