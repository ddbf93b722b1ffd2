package dev.holdfast.notification.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every event that this service has seen, once each, in the table {@code event_log}. */
@Repository
class EventLog {
    private static final int PRUNED_AT_ONCE = 10_000;

    private final JdbcClient jdbc;
    private final Clock clock;

    EventLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Adds an entry unless its event is in the log already. */
    void record(LogEntry entry) {
        jdbc.sql("""
                 insert into event_log (event_id, occurred_at, recorded_at, type, level, source_id, source_name,
                                        backup_id, attempt, message, data, search_text)
                 values (:eventId, :occurredAt, :recordedAt, :type, :level, :sourceId, :sourceName,
                         :backupId, :attempt, :message, :data::jsonb, :searchText)
                 on conflict (event_id) do nothing
                 """)
                .param("eventId", entry.eventId())
                .param("occurredAt", utc(entry.occurredAt()))
                .param("recordedAt", utc(clock.instant()))
                .param("type", entry.type())
                .param("level", entry.level().name())
                .param("sourceId", entry.sourceId())
                .param("sourceName", entry.sourceName())
                .param("backupId", entry.backupId())
                .param("attempt", entry.attempt())
                .param("message", entry.message())
                .param("data", entry.data())
                .param("searchText", entry.searchText())
                .update();
    }

    /** The newest entries that match, at most as many as asked for. */
    LogPage page(LogQuery query) {
        var parameters = new HashMap<String, Object>();
        var found = jdbc.sql("""
                             select id, event_id, occurred_at, recorded_at, type, level, source_id, source_name,
                                    backup_id, attempt, message, data
                               from event_log
                              where %s
                              order by occurred_at desc, id desc
                              limit :limit
                             """.formatted(String.join(" and ", conditions(query, parameters))))
                .params(parameters)
                // One more tells whether there is a next page.
                .param("limit", query.limit() + 1)
                .query(EventLog::item)
                .list();
        if (found.size() <= query.limit()) {
            return new LogPage(found, null);
        }
        var items = found.subList(0, query.limit());
        var last = items.getLast();
        return new LogPage(items, new LogCursor(last.time(), last.id()).token());
    }

    /** Deletes what was recorded longer ago than it is kept, and says how many entries that were. */
    int prune(Duration keep, Duration keepProgress) {
        return prune("level = 'DEBUG'", keepProgress) + prune("level <> 'DEBUG'", keep);
    }

    /** In portions, so that no single statement holds its locks for long. */
    private int prune(String condition, Duration keep) {
        var before = utc(clock.instant().minus(keep));
        int total = 0;
        int deleted;
        do {
            deleted = jdbc.sql("""
                               delete from event_log where id in (
                                 select id from event_log where %s and recorded_at < :before limit :portion)
                               """.formatted(condition))
                    .param("before", before)
                    .param("portion", PRUNED_AT_ONCE)
                    .update();
            total += deleted;
        } while (deleted == PRUNED_AT_ONCE);
        return total;
    }

    /** Only fixed texts get into the SQL; what came from a client goes into the parameters. */
    private static List<String> conditions(LogQuery query, Map<String, Object> parameters) {
        var conditions = new ArrayList<String>();
        conditions.add(query.level().andAbove());
        add(conditions, parameters, "source_id = :sourceId", "sourceId", query.sourceId());
        add(conditions, parameters, "source_name = :sourceName", "sourceName", query.sourceName());
        add(conditions, parameters, "backup_id = :backupId", "backupId", query.backupId());
        add(conditions, parameters, "type = :type", "type", query.type());
        add(conditions, parameters, "occurred_at >= :from", "from", utc(query.from()));
        add(conditions, parameters, "occurred_at < :to", "to", utc(query.to()));
        for (int i = 0; i < query.words().size(); i++) {
            var name = "word" + i;
            add(
                    conditions,
                    parameters,
                    "search_text like :" + name,
                    name,
                    query.words().get(i));
        }
        if (query.after() != null) {
            conditions.add("(occurred_at, id) < (:afterTime, :afterId)");
            parameters.put("afterTime", utc(query.after().occurredAt()));
            parameters.put("afterId", query.after().id());
        }
        return conditions;
    }

    private static void add(
            List<String> conditions,
            Map<String, Object> parameters,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            parameters.put(name, value);
        }
    }

    private static LogItem item(ResultSet row, int number) throws SQLException {
        return new LogItem(
                row.getLong("id"),
                row.getObject("event_id", UUID.class),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getString("type"),
                LogLevel.valueOf(row.getString("level")),
                row.getObject("source_id", UUID.class),
                row.getString("source_name"),
                row.getObject("backup_id", UUID.class),
                row.getObject("attempt", Integer.class),
                row.getString("message"),
                row.getString("data"));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
