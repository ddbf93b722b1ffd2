package dev.holdfast.notification.log;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.messaging.EventCodec;
import dev.holdfast.common.messaging.Inbox;
import dev.holdfast.common.messaging.PoisonEvent;
import dev.holdfast.notification.incident.IncidentTracker;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Puts each event into the log and draws the conclusion for incidents, exactly once, however often and in whatever order it is delivered. */
@Component
class EventRecorder {
    private static final Logger logger = LoggerFactory.getLogger(EventRecorder.class);

    private final EventCodec codec;
    private final Inbox inbox;
    private final EventLog log;
    private final IncidentTracker incidents;
    private final TransactionOperations transaction;
    private final Clock clock;

    EventRecorder(
            EventCodec codec,
            Inbox inbox,
            EventLog log,
            IncidentTracker incidents,
            TransactionOperations transaction,
            Clock clock) {
        this.codec = codec;
        this.inbox = inbox;
        this.log = log;
        this.incidents = incidents;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Records one delivery.
     *
     * @throws PoisonEvent for what is no event: a dead letter
     */
    void record(Message<byte[]> delivery) {
        var known = codec.decode(delivery);
        var entry = entry(known, delivery);
        if (entry.backupId() != null) {
            MDC.put("backupId", entry.backupId().toString());
        }
        try {
            transaction.executeWithoutResult(status -> {
                if (inbox.firstDelivery(entry.eventId())) {
                    log.record(entry);
                    known.ifPresent(incidents::apply);
                }
            });
            logger.debug("recorded {}: {}", entry.type(), entry.message());
        } finally {
            MDC.remove("backupId");
        }
    }

    private LogEntry entry(Optional<EventEnvelope> known, Message<byte[]> delivery) {
        return known.map(event -> EventEntries.of(
                        event,
                        EventData.parse(delivery.getPayload())
                                .orElseThrow(() -> new PoisonEvent("the data is no JSON"))))
                .orElseGet(() -> ForeignEvent.of(delivery).entry(clock.instant()));
    }
}
