package dev.holdfast.notification.incident;

import dev.holdfast.common.event.AlertEvent;
import dev.holdfast.common.event.BackupCancelRequested;
import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupProgressed;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.SourceDeleted;
import dev.holdfast.common.event.StorageFailed;
import dev.holdfast.common.event.StorageRecovered;
import dev.holdfast.common.failure.FailureCode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Draws the conclusion from each event, in the transaction that records it. */
@Component
public class IncidentTracker {
    private final IncidentFacts facts;
    private final IncidentLifecycle lifecycle;

    IncidentTracker(IncidentFacts facts, IncidentLifecycle lifecycle) {
        this.facts = facts;
        this.lifecycle = lifecycle;
    }

    /** Takes an event in, for the first time: the caller keeps second deliveries away. */
    public void apply(EventEnvelope envelope) {
        // What PostgreSQL keeps of a time, so that what is compared there and here is the same.
        var at = envelope.time().truncatedTo(ChronoUnit.MICROS);
        switch (envelope.data()) {
            case BackupFailed failed -> failed(envelope.id(), at, failed);
            case BackupCompleted completed -> completed(at, completed);
            case SourceDeleted deleted -> deleted(at, deleted.sourceId().value());
            case StorageFailed failed -> failed(envelope.id(), at, failed);
            case StorageRecovered recovered -> recovered(at, recovered);
            case BackupRequested requested -> {}
            case BackupCancelRequested requested -> {}
            case BackupStarted started -> {}
            case BackupProgressed progressed -> {}
            case BackupCancelled cancelled -> {}
            // Our own words: to react to them would be to talk to ourselves.
            case AlertEvent ours -> {}
        }
    }

    private void failed(UUID eventId, Instant at, BackupFailed event) {
        if (event.willRetry() || event.failure().code() == FailureCode.CANCELLED) {
            return;
        }
        var key = IncidentKey.of(event);
        facts.lock();
        facts.add(eventId, at, key, event);
        lifecycle.conclude(key.value(), at);
    }

    private void failed(UUID eventId, Instant at, StorageFailed event) {
        var key = IncidentKey.ofStorage(event.failure().code());
        facts.lock();
        facts.add(eventId, at, key, event);
        lifecycle.conclude(key.value(), at);
    }

    private void completed(Instant at, BackupCompleted event) {
        facts.lock();
        facts.add(at, event);
        facts.openKeys(event.sourceId().value()).forEach(key -> lifecycle.conclude(key, at));
    }

    private void deleted(Instant at, UUID source) {
        facts.lock();
        facts.addDeleted(source);
        facts.openKeys(source).forEach(key -> lifecycle.conclude(key, at));
    }

    private void recovered(Instant at, StorageRecovered event) {
        facts.lock();
        facts.add(at, event);
        IncidentKey.storageCodes()
                .forEach(code -> lifecycle.conclude(IncidentKey.ofStorage(code).value(), at));
    }
}
