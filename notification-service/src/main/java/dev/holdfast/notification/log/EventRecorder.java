package dev.holdfast.notification.log;

import dev.holdfast.common.messaging.EventCodec;
import dev.holdfast.common.messaging.Inbox;
import dev.holdfast.common.messaging.PoisonEvent;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Puts each event into the log, exactly once, however often and in whatever order it is delivered. */
@Component
class EventRecorder {
    private static final Logger logger = LoggerFactory.getLogger(EventRecorder.class);

    private final EventCodec codec;
    private final Inbox inbox;
    private final EventLog log;
    private final TransactionOperations transaction;
    private final Clock clock;

    EventRecorder(EventCodec codec, Inbox inbox, EventLog log, TransactionOperations transaction, Clock clock) {
        this.codec = codec;
        this.inbox = inbox;
        this.log = log;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Records one delivery.
     *
     * @throws PoisonEvent for what is no event: a dead letter
     */
    void record(Message<byte[]> delivery) {
        var entry = entry(delivery);
        if (entry.backupId() != null) {
            MDC.put("backupId", entry.backupId().toString());
        }
        try {
            transaction.executeWithoutResult(status -> {
                if (inbox.firstDelivery(entry.eventId())) {
                    log.record(entry);
                }
            });
            logger.debug("recorded {}: {}", entry.type(), entry.message());
        } finally {
            MDC.remove("backupId");
        }
    }

    private LogEntry entry(Message<byte[]> delivery) {
        return codec.decode(delivery)
                .map(known -> EventEntries.of(
                        known,
                        EventData.parse(delivery.getPayload())
                                .orElseThrow(() -> new PoisonEvent("the data is no JSON"))))
                .orElseGet(() -> ForeignEvent.of(delivery).entry(clock.instant()));
    }
}
