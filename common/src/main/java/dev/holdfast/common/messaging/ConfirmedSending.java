package dev.holdfast.common.messaging;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Sends a single message, and knows for certain whether a queue has it. */
final class ConfirmedSending {
    private static final int CONFIRM_SECONDS = 10;

    private final RabbitTemplate template;

    ConfirmedSending(ConnectionFactory connections) {
        template = new RabbitTemplate(connections);
        template.setUsePublisherConnection(true);
        template.setMandatory(true);
    }

    /**
     * Returns when the broker has confirmed the message.
     *
     * @throws AmqpException when it has not, or when no queue takes the message
     */
    void send(String exchange, String routingKey, Message message) {
        var correlation = new CorrelationData();
        template.send(exchange, routingKey, message, correlation);
        try {
            var confirm = correlation.getFuture().get(CONFIRM_SECONDS, TimeUnit.SECONDS);
            if (!confirm.ack() || correlation.getReturned() != null) {
                throw new AmqpException("the broker did not take the message for " + routingKey);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new AmqpException("the broker did not confirm the message for " + routingKey, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpException("interrupted before the broker confirmed the message for " + routingKey, e);
        }
    }
}
