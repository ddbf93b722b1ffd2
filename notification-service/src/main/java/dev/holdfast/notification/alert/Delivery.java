package dev.holdfast.notification.alert;

import dev.holdfast.notification.channel.AlertKind;
import java.time.Instant;
import java.util.UUID;

/**
 * One message on its way over one channel.
 *
 * @param attempts including the present one: whoever writes a result names it, so that one who comes late changes nothing
 */
record Delivery(long id, UUID incidentId, String channel, AlertKind kind, int attempts, Instant createdAt) {}
