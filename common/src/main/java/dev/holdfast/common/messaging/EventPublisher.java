package dev.holdfast.common.messaging;

import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.support.MessageBuilder;

/** Hands an event to the broker, and knows for certain whether the broker has it in a queue. */
final class EventPublisher {
    private static final String BINDING = "events-out-0";
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(10);

    private final StreamBridge bridge;
    private final EventCodec codec;

    EventPublisher(StreamBridge bridge, EventCodec codec) {
        this.bridge = bridge;
        this.codec = codec;
    }

    /**
     * Sends an event and waits until the broker has confirmed it.
     *
     * @throws NotPublished when it was refused, came back because no queue takes it, or nobody knows
     */
    void publish(StoredEvent event) throws NotPublished, InterruptedException {
        var correlation = new CorrelationData(event.eventId().toString());
        var message = MessageBuilder.fromMessage(codec.encode(event))
                .setHeader(AmqpHeaders.PUBLISH_CONFIRM_CORRELATION, correlation)
                .build();
        try {
            bridge.send(BINDING, message);
            var confirm = correlation.getFuture().get(CONFIRM_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            // RabbitMQ returns and confirms what no queue takes, Qpid returns and refuses it.
            if (correlation.getReturned() != null) {
                throw new NotPublished("no queue takes " + event.type());
            }
            if (!confirm.ack()) {
                throw new NotPublished("the broker refused " + event.type());
            }
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw new NotPublished("no confirm from the broker", e);
        } catch (RuntimeException e) {
            throw new NotPublished("the broker can't be reached", e);
        }
    }

    /** An event stays in the outbox. */
    static final class NotPublished extends Exception {
        @Serial
        private static final long serialVersionUID = 1;

        NotPublished(String reason) {
            super(reason);
        }

        NotPublished(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}
