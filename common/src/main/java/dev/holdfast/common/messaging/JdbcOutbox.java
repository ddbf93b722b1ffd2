package dev.holdfast.common.messaging;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.id.Uuids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The outbox as a table; {@link OutboxRelay} empties it. */
final class JdbcOutbox implements Outbox {
    private final OutboxTable table;
    private final EventCodec codec;
    private final Clock clock;
    private final String source;

    JdbcOutbox(OutboxTable table, EventCodec codec, Clock clock, String source) {
        this.table = table;
        this.codec = codec;
        this.clock = clock;
        this.source = source;
    }

    @Override
    public EventEnvelope store(HoldfastEvent data, long sequence) {
        Transactions.requireOne("an event");
        // What PostgreSQL keeps of a time, so that the answer equals what consumers will see.
        var time = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var event = new EventEnvelope(Uuids.next(), source, time, sequence, data);
        table.insert(row(event));
        return event;
    }

    @Override
    public void storeAgain(UUID id, Instant time, HoldfastEvent data, long sequence) {
        Transactions.requireOne("an event");
        table.insertUnlessThere(row(new EventEnvelope(id, source, time, sequence, data)));
    }

    private StoredEvent row(EventEnvelope event) {
        return new StoredEvent(
                0,
                event.id(),
                event.source(),
                event.subject(),
                event.type().wireName(),
                event.time(),
                event.sequence(),
                codec.toJson(event.data()));
    }
}
