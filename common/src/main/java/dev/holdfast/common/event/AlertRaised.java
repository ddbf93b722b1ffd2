package dev.holdfast.common.event;

import dev.holdfast.common.failure.FailureCode;
import java.time.Instant;
import java.util.UUID;

/** An incident began. */
public record AlertRaised(UUID alertId, FailureCode code, String title, Instant since) implements AlertEvent {}
