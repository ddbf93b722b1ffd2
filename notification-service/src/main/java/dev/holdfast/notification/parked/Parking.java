package dev.holdfast.notification.parked;

import java.time.Instant;
import java.util.UUID;

/**
 * What is parked of one queue.
 *
 * @param newest the message that was set aside last, and why
 */
record Parking(int messages, Instant since, Instant last, UUID newest, String reason) {}
