package dev.holdfast.common.messaging;

import java.util.function.Consumer;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.MessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/**
 * What lies in the dead-letter queues of every service, and the way back out of them. Reads messages as bytes: one that no
 * conversion could read is what they are there for.
 */
public final class DeadLetterQueues {
    private static final int PREFETCH = 10;
    private static final long RECOVERY_MILLIS = 1000;

    private final ConnectionFactory connections;
    private final AmqpAdmin topology;
    private final ConfirmedSending sending;

    DeadLetterQueues(ConnectionFactory connections, AmqpAdmin topology) {
        this.connections = connections;
        this.topology = topology;
        sending = new ConfirmedSending(connections);
    }

    /**
     * A consumer of all of them, to be started and stopped by the caller's context.
     *
     * @param keep returns when the letter is kept for good, which it may be given more than once; as long as it throws, the same
     *     letter is offered again, with growing pauses, and stays on the broker
     */
    public MessageListenerContainer reader(Consumer<DeadLetter> keep) {
        var container = new SimpleMessageListenerContainer(connections);
        container.setQueueNames(EventTopology.groups()
                .map(EventTopology::queue)
                .map(EventTopology::deadLetterQueue)
                .toArray(String[]::new));
        container.setMissingQueuesFatal(false);
        // A login that is refused now may be allowed later; a reader that gave up would need a restart.
        container.setPossibleAuthenticationFailureFatal(false);
        container.setRecoveryInterval(RECOVERY_MILLIS);
        container.setPrefetchCount(PREFETCH);
        container.setAmqpAdmin(topology);
        container.setAdviceChain(DeliveryGuard.waiting(container::isActive));
        container.setMessageListener(message -> keep.accept(new ReceivedDeadLetter(message).read()));
        return container;
    }

    /**
     * Puts a letter back into the one queue that it came from. Returns when the broker has confirmed that.
     *
     * @throws AmqpException when the broker can't be reached or the queue is not there; the letter may have gone through
     *     nevertheless
     */
    public void replay(DeadLetter letter) {
        var message = MessageBuilder.withBody(letter.body()).setDeliveryMode(MessageDeliveryMode.PERSISTENT);
        var contentType = letter.contentType();
        if (contentType != null) {
            message.setContentType(contentType);
        }
        letter.headers().forEach(message::setHeader);
        sending.send(
                "",
                letter.queue(),
                message.setHeader(DeadLetters.ORIGINAL_ROUTING_KEY, letter.routingKey())
                        .build());
    }
}
