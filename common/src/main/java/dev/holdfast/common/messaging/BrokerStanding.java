package dev.holdfast.common.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the broker stands, as this service sees it.
 *
 * @param takesEvents whether it can be reached, has the exchange, and does not block publishing
 * @param evidence what was seen, in one line
 * @param waiting how many events of this service wait in its outbox
 * @param oldest when the first of them was stored
 */
public record BrokerStanding(
        boolean takesEvents,
        String evidence,
        long waiting,
        @Nullable Instant oldest) {}
