package dev.holdfast.common.event;

import dev.holdfast.common.failure.FailureCode;
import java.time.Instant;
import java.util.UUID;

/**
 * An incident is over.
 *
 * @param failures how many attempts failed in it
 */
public record AlertResolved(UUID alertId, FailureCode code, String title, Instant since, int failures)
        implements AlertEvent {}
