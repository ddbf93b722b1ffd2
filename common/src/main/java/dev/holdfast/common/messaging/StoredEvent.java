package dev.holdfast.common.messaging;

import java.time.Instant;
import java.util.UUID;

/**
 * A row of the outbox.
 *
 * @param id its place in the order of publication
 * @param type the full CloudEvents type
 * @param data JSON, as it will be sent
 */
record StoredEvent(
        long id, UUID eventId, String source, String subject, String type, Instant time, long sequence, String data) {}
