package dev.holdfast.notification.parked;

import dev.holdfast.common.messaging.DeadLetterQueues;
import dev.holdfast.notification.web.Refusal;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.server.ResponseStatusException;

/** What people do with a parked message: they give it back to its queue, or throw it away. */
@Component
class SettleMessage {
    private static final Logger log = LoggerFactory.getLogger(SettleMessage.class);

    private final ParkedMessages messages;
    private final ParkedIncidents incidents;
    private final DeadLetterQueues queues;
    private final TransactionOperations transaction;
    private final Clock clock;

    SettleMessage(
            ParkedMessages messages,
            ParkedIncidents incidents,
            DeadLetterQueues queues,
            TransactionOperations transaction,
            Clock clock) {
        this.messages = messages;
        this.incidents = incidents;
        this.queues = queues;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Puts a message back into the queue that it came from. When that has happened and can't be noted, the message stays parked and
     * may be replayed again: consumers know an event that they had.
     *
     * @throws ResponseStatusException 404 when there is none, 409 when it was replayed
     * @throws AmqpException when the broker did not take it
     */
    void replay(UUID id) {
        transaction.executeWithoutResult(status -> {
            // Its row stays locked: should it fail at once, it is parked again after this has been noted.
            var letter = messages.lockParked(id).orElseThrow(() -> notParked(id));
            queues.replay(letter);
            var now = clock.instant();
            messages.markReplayed(id, now);
            incidents.conclude(letter.queue(), now);
            log.info("parked message {} was given back to {}", id, letter.queue());
        });
    }

    /**
     * Deletes a message for good.
     *
     * @throws ResponseStatusException 404 when there is none
     */
    void discard(UUID id) {
        transaction.executeWithoutResult(status -> {
            var queue = messages.delete(id).orElseThrow(SettleMessage::missing);
            incidents.conclude(queue, clock.instant());
            log.info("parked message {} of {} was discarded", id, queue);
        });
    }

    private ResponseStatusException notParked(UUID id) {
        return messages.find(id).isPresent()
                ? Refusal.conflict(
                        "the message was replayed, and has not failed again since",
                        "see GET /api/v1/parked-messages/{id}; DELETE it to discard it")
                : missing();
    }

    static ResponseStatusException missing() {
        return Refusal.notFound("there is no parked message with this id", "see GET /api/v1/parked-messages");
    }
}
