package dev.holdfast.common.messaging;

import dev.holdfast.common.id.Uuids;
import java.util.Objects;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Puts a message that can't be handled into its queue's dead-letter queue, unchanged but for four headers. The client does it, not
 * the broker: the embedded one would discard the message.
 */
final class DeadLetters {
    static final String REASON = "holdfast-reason";
    static final String ORIGINAL_QUEUE = "holdfast-original-queue";
    static final String ORIGINAL_ROUTING_KEY = "holdfast-original-routing-key";
    /** Tells one letter that is delivered twice from two. */
    static final String LETTER_ID = "holdfast-letter-id";

    private final ConfirmedSending sending;

    DeadLetters(ConnectionFactory connections) {
        sending = new ConfirmedSending(connections);
    }

    /**
     * Returns when the broker has confirmed the dead letter.
     *
     * @param reason short and free of secrets: people read it in the broker's own user interface
     * @throws AmqpException when it has not; the caller must not acknowledge the message
     */
    void add(Message message, String reason) {
        var received = message.getMessageProperties();
        var queue = Objects.requireNonNull(received.getConsumerQueue(), "a delivery names its queue");
        var letter = MessageBuilder.fromMessage(message)
                .setHeader(REASON, reason)
                .setHeader(ORIGINAL_QUEUE, queue)
                .setHeader(ORIGINAL_ROUTING_KEY, OriginalRoutingKey.of(received))
                .setHeader(LETTER_ID, Uuids.next().toString())
                .build();
        sending.send(EventTopology.DEAD_EXCHANGE, queue, letter);
    }
}
