package dev.holdfast.api.live;

import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.EventEnvelope;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Every event of the last day, in the order in which this service has recorded them, for whoever follows. */
@Repository
@EnableConfigurationProperties(LiveProperties.class)
public class LiveFeed {
    /** What followers listen to. */
    static final String CHANNEL = "holdfast_api_live";

    private static final long ORDER_LOCK = 0x486f6c646661_7374L;

    private final JdbcClient jdbc;
    private final CloudEventJson json;
    private final LiveProperties properties;
    private final Clock clock;

    LiveFeed(JdbcClient jdbc, CloudEventJson json, LiveProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Adds an event, in the transaction of its effect; followers see it right after the commit. The last thing to do in a transaction:
     * others wait from here until it ends.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(EventEnvelope event) {
        // Ids are drawn and committed in one order, so nobody who goes by id can pass over one that is committed late.
        jdbc.sql("select pg_advisory_xact_lock(:lock)::text, pg_notify(:channel, '')::text")
                .param("lock", ORDER_LOCK)
                .param("channel", CHANNEL)
                .query((row, number) -> number)
                .list();
        jdbc.sql("insert into live_event (recorded_at, backup_id, type, body) values (:now, :backup, :type, :body)")
                .param("now", Timestamp.from(clock.instant()))
                .param(
                        "backup",
                        event.data() instanceof BackupEvent data
                                ? data.backupId().value()
                                : null)
                .param("type", event.type().wireName())
                .param("body", json.write(event))
                .update();
    }

    /** The next events after a place, in order. */
    List<LiveEvent> after(long id, int limit) {
        return jdbc.sql("select id, backup_id, type, body from live_event where id > :id order by id limit :limit")
                .param("id", id)
                .param("limit", limit)
                .query((row, number) -> new LiveEvent(
                        row.getLong("id"),
                        row.getObject("backup_id", UUID.class),
                        row.getString("type"),
                        row.getString("body")))
                .list();
    }

    /** When the events of one backup were recorded here, as far as they are kept, by their ids. */
    public Map<UUID, Instant> recorded(UUID backup) {
        var found = new HashMap<UUID, Instant>();
        jdbc.sql("select recorded_at, body::json ->> 'id' as event from live_event where backup_id = :backup")
                .param("backup", backup)
                .query((row, number) -> found.put(
                        UUID.fromString(row.getString("event")),
                        row.getTimestamp("recorded_at").toInstant()))
                .list();
        return found;
    }

    /** The place of the newest event; 0 while there is none. */
    public long newestId() {
        return jdbc.sql("select coalesce(max(id), 0) from live_event")
                .query(Long.class)
                .single();
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void forget() {
        jdbc.sql("""
                        delete from live_event
                        where recorded_at < :forgotten or id <= (select max(id) from live_event) - :kept
                        """)
                .param("forgotten", Timestamp.from(clock.instant().minus(properties.keep())))
                .param("kept", properties.keepEvents())
                .update();
    }
}
