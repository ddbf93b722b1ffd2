package dev.holdfast.notification.parked;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message that was set aside, as REST clients see it: never its headers, nor its body as it is, which may hold what nobody is to
 * read.
 *
 * @param state {@code parked}, or {@code replayed} once it was given back
 * @param queue whose consumer could not handle it
 * @param size of the body, in bytes
 * @param excerpt the beginning of what it says, without secrets
 * @param times how often it was set aside
 */
record ParkedMessage(
        UUID id,
        String state,
        String queue,
        String routingKey,
        String reason,
        @Nullable String eventId,
        @Nullable String eventType,
        @Nullable String contentType,
        long size,
        String excerpt,
        int times,
        Instant firstParkedAt,
        Instant parkedAt,
        @Nullable Instant replayedAt) {}
