package dev.holdfast.common.messaging;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/**
 * Puts a message that can't be handled into its queue's dead-letter queue, unchanged but for three headers. The client does it, not
 * the broker: the embedded one would discard the message.
 */
final class DeadLetters {
    static final String REASON = "holdfast-reason";
    static final String ORIGINAL_QUEUE = "holdfast-original-queue";
    static final String ORIGINAL_ROUTING_KEY = "holdfast-original-routing-key";

    private static final int CONFIRM_SECONDS = 10;

    private final RabbitTemplate template;

    DeadLetters(ConnectionFactory connections) {
        template = new RabbitTemplate(connections);
        template.setUsePublisherConnection(true);
        template.setMandatory(true);
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
                .setHeader(ORIGINAL_ROUTING_KEY, String.valueOf(received.getReceivedRoutingKey()))
                .build();
        var correlation = new CorrelationData();
        template.send(EventTopology.DEAD_EXCHANGE, queue, letter, correlation);
        try {
            var confirm = correlation.getFuture().get(CONFIRM_SECONDS, TimeUnit.SECONDS);
            if (!confirm.ack() || correlation.getReturned() != null) {
                throw new AmqpException("the broker did not take the dead letter");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new AmqpException("the broker did not confirm the dead letter", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpException("interrupted before the broker confirmed the dead letter", e);
        }
    }
}
