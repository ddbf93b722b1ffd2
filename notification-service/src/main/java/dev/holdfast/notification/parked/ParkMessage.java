package dev.holdfast.notification.parked;

import dev.holdfast.common.messaging.DeadLetter;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Keeps what a service could not handle, and sees to it that people hear of it. */
@Component
class ParkMessage {
    private static final Logger log = LoggerFactory.getLogger(ParkMessage.class);

    private final ParkedMessages messages;
    private final ParkedIncidents incidents;
    private final TransactionOperations transaction;
    private final Clock clock;

    ParkMessage(ParkedMessages messages, ParkedIncidents incidents, TransactionOperations transaction, Clock clock) {
        this.messages = messages;
        this.incidents = incidents;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Returns when the letter is stored for good; it may come more than once. */
    void park(DeadLetter letter) {
        transaction.executeWithoutResult(status -> {
            var now = clock.instant();
            messages.keep(letter, now);
            incidents.conclude(letter.queue(), now);
        });
        log.warn("a message of {} is parked", letter.queue());
    }
}
