package dev.holdfast.common.messaging;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.support.AmqpHeaders;

/**
 * The routing key with which an event was published. One that is replayed comes by the default exchange, straight to its queue, and
 * has it in a header; only the service that replays may publish there, so the header can be trusted there alone.
 */
final class OriginalRoutingKey {
    private static final String DEFAULT_EXCHANGE = "";

    private OriginalRoutingKey() {}

    static String of(MessageProperties received) {
        return of(received.getReceivedExchange(), received.getReceivedRoutingKey(), received.getHeaders());
    }

    /** Null for a message that did not come over a broker. */
    static @Nullable String of(Map<String, ? extends @Nullable Object> headers) {
        return headers.get(AmqpHeaders.RECEIVED_ROUTING_KEY) instanceof String key
                ? of((String) headers.get(AmqpHeaders.RECEIVED_EXCHANGE), key, headers)
                : null;
    }

    private static String of(
            @Nullable String exchange, @Nullable String key, Map<String, ? extends @Nullable Object> headers) {
        return DEFAULT_EXCHANGE.equals(exchange)
                        && headers.get(DeadLetters.ORIGINAL_ROUTING_KEY) instanceof String original
                ? original
                : String.valueOf(key);
    }
}
