package dev.holdfast.worker.job;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.id.Uuids;
import dev.holdfast.common.messaging.Outbox;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Remembers what was stored and committed, as the table would, and refuses what is too large for an event. */
public final class RecordingOutbox implements Outbox {
    private static final int MAX_BYTES = 1 << 20;

    private final List<EventEnvelope> committed = new CopyOnWriteArrayList<>();
    private final JsonMapper json = JsonMapper.builder().build();

    @Override
    public EventEnvelope store(HoldfastEvent data, long sequence) {
        // What the table keeps of a time.
        var time = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var envelope = new EventEnvelope(Uuids.next(), "/holdfast/backup-worker", time, sequence, data);
        add(envelope);
        return envelope;
    }

    @Override
    public void storeAgain(UUID id, Instant time, HoldfastEvent data, long sequence) {
        add(new EventEnvelope(id, "/holdfast/backup-worker", time, sequence, data));
    }

    private void add(EventEnvelope envelope) {
        if (json.writeValueAsBytes(envelope.data()).length > MAX_BYTES) {
            throw new IllegalArgumentException("an event may hold at most " + MAX_BYTES + " bytes of JSON");
        }
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("no transaction");
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                committed.add(envelope);
            }
        });
    }

    public List<EventEnvelope> envelopes() {
        return List.copyOf(committed);
    }

    public List<HoldfastEvent> events() {
        return committed.stream().map(EventEnvelope::data).toList();
    }

    /** The only event of a type. */
    public <T extends HoldfastEvent> T only(Class<T> type) {
        var found = all(type);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type.getSimpleName() + ", but there are " + events());
        }
        return found.getFirst();
    }

    public <T extends HoldfastEvent> List<T> all(Class<T> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
