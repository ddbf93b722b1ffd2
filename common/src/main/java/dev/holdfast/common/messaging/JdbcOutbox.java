package dev.holdfast.common.messaging;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.id.Uuids;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

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
        table.insert(new StoredEvent(
                0, event.id(), source, event.subject(), event.type().wireName(), time, sequence, codec.toJson(data)));
        return event;
    }
}
