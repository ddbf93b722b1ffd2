package dev.holdfast.common.messaging;

import io.micrometer.core.instrument.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Message;
import org.springframework.core.NestedExceptionUtils;

/** Makes a dead letter of a message, counts it, and tells the log; and brings the place for it back when that is gone. */
final class Burial {
    private static final Logger log = LoggerFactory.getLogger(Burial.class);

    private final DeadLetters deadLetters;
    private final AmqpAdmin topology;
    private final Counter deadLettered;

    Burial(DeadLetters deadLetters, AmqpAdmin topology, Counter deadLettered) {
        this.deadLetters = deadLetters;
        this.topology = topology;
        this.deadLettered = deadLettered;
    }

    /** Whether the message is a dead letter now; if not, it has to be tried again, and must not be acknowledged. */
    boolean bury(Message message, String reason, Throwable failure) {
        var properties = message.getMessageProperties();
        try {
            deadLetters.add(message, reason);
        } catch (AmqpException e) {
            log.warn(
                    "a message of {} can't be put aside: {}",
                    properties.getConsumerQueue(),
                    NestedExceptionUtils.getMostSpecificCause(e).toString());
            declareAgain();
            return false;
        }
        deadLettered.increment();
        log.error(
                "message {} of {} is a dead letter now: {}",
                properties.getHeaders().get(CloudEventAttributes.PREFIX + "id"),
                properties.getConsumerQueue(),
                reason,
                failure);
        return true;
    }

    /** Somebody may have deleted the exchange or the queue while the connection stood. */
    private void declareAgain() {
        try {
            topology.initialize();
        } catch (RuntimeException e) {
            log.debug("the queues can't be declared now", e);
        }
    }
}
