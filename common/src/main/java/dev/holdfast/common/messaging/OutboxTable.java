package dev.holdfast.common.messaging;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code outbox} of this service's schema. Every statement belongs to the caller's transaction. */
final class OutboxTable {
    /** One per schema: services may share a database. */
    static final String CHANNEL = "'holdfast_outbox_' || current_schema()";

    private final JdbcClient jdbc;

    OutboxTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores an event and wakes the relays at commit; PostgreSQL drops the notification on rollback. */
    void insert(StoredEvent event) {
        insert(event, "");
    }

    /** The same, but for an event that is there already: it stays as it is. */
    void insertUnlessThere(StoredEvent event) {
        insert(event, "on conflict (event_id) do nothing");
    }

    private void insert(StoredEvent event, String onConflict) {
        jdbc.sql("""
                 with stored as (
                     insert into outbox (event_id, source, subject, type, time, sequence, data)
                     values (:eventId, :source, :subject, :type, :time, :sequence, :data) %s
                     returning id)
                 select pg_notify(%s, '') from stored
                 """.formatted(onConflict, CHANNEL))
                .param("eventId", event.eventId())
                .param("source", event.source())
                .param("subject", event.subject())
                .param("type", event.type())
                .param("time", event.time().atOffset(ZoneOffset.UTC))
                .param("sequence", event.sequence())
                .param("data", event.data())
                .query((row, number) -> number)
                .optional();
    }

    /** Wakes every relay of this schema. */
    void wakeRelays() {
        jdbc.sql("select pg_notify(%s, '')".formatted(CHANNEL))
                .query((row, number) -> number)
                .single();
    }

    /** Makes this transaction the one that publishes; false when another does. */
    boolean lock() {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))".formatted(CHANNEL))
                .query(Boolean.class)
                .single();
    }

    List<StoredEvent> oldest(int limit) {
        return jdbc.sql("""
                        select id, event_id, source, subject, type, time, sequence, data
                        from outbox order by id limit :limit
                        """)
                .param("limit", limit)
                .query((row, number) -> new StoredEvent(
                        row.getLong("id"),
                        row.getObject("event_id", UUID.class),
                        row.getString("source"),
                        row.getString("subject"),
                        row.getString("type"),
                        row.getObject("time", OffsetDateTime.class).toInstant(),
                        row.getLong("sequence"),
                        row.getString("data")))
                .list();
    }

    /** Events that wait, and since when the first of them does. */
    record Backlog(long waiting, @Nullable Instant oldest) {}

    Backlog backlog() {
        return jdbc.sql("select count(*) as waiting, min(time) as oldest from outbox")
                .query((row, number) -> {
                    var oldest = row.getObject("oldest", OffsetDateTime.class);
                    return new Backlog(row.getLong("waiting"), oldest == null ? null : oldest.toInstant());
                })
                .single();
    }

    void delete(Collection<Long> ids) {
        jdbc.sql("delete from outbox where id = any(:ids)")
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    long count() {
        return jdbc.sql("select count(*) from outbox").query(Long.class).single();
    }
}
