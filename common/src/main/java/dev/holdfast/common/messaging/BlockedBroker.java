package dev.holdfast.common.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionBlockedEvent;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionUnblockedEvent;
import org.springframework.context.event.EventListener;

/**
 * Tells that the broker takes no events at present although it is there: RabbitMQ blocks whoever publishes while it is short of memory
 * or disk. They wait in the outbox meanwhile.
 */
final class BlockedBroker {
    private static final Logger log = LoggerFactory.getLogger(BlockedBroker.class);

    private final AtomicBoolean blocked = new AtomicBoolean();

    BlockedBroker(ConnectionFactory connections, MeterRegistry meters) {
        Gauge.builder("holdfast.broker.blocked", () -> blocked.get() ? 1 : 0)
                .description("1 while the broker blocks publishing, being short of memory or disk")
                .register(meters);
        // One that is new has not been blocked yet; the broker says so again where it still is.
        connections.addConnectionListener(connection -> blocked.set(false));
    }

    boolean isBlocked() {
        return blocked.get();
    }

    @EventListener
    void onBlocked(ConnectionBlockedEvent event) {
        if (blocked.compareAndSet(false, true)) {
            log.warn("the broker takes no events at present, they stay in the outbox: {}", event.getReason());
        }
    }

    @EventListener
    void onUnblocked(ConnectionUnblockedEvent event) {
        if (blocked.compareAndSet(true, false)) {
            log.info("the broker takes events again");
        }
    }
}
