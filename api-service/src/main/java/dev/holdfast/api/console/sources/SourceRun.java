package dev.holdfast.api.console.sources;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One backup as a source's page shows it.
 *
 * @param status in lower case, as on the wire
 * @param sizeBytes of a completed one
 * @param failureCode of a failed one
 */
public record SourceRun(
        UUID id,
        String status,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long sizeBytes,
        @Nullable String failureCode) {

    public boolean isCompleted() {
        return status.equals("completed");
    }

    /** How long it ran; absent where it has not ended, or never began. */
    public @Nullable Duration duration() {
        return startedAt == null || finishedAt == null ? null : Duration.between(startedAt, finishedAt);
    }
}
