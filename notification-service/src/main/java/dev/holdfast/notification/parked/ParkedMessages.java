package dev.holdfast.notification.parked;

import dev.holdfast.common.id.Uuids;
import dev.holdfast.common.messaging.DeadLetter;
import dev.holdfast.notification.text.StorableText;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code parked_message}. Writes belong to the caller's transaction. */
@Repository
class ParkedMessages {
    private static final TypeReference<Map<String, Object>> HEADERS = new TypeReference<>() {};
    private static final int LONGEST_LINE = 500;
    private static final String SHOWN = """
            id, queue, routing_key, reason, event_id, event_type, content_type, octet_length(body) as size, excerpt, times,
            first_parked_at, parked_at, replayed_at
            """;

    private final JdbcClient jdbc;

    ParkedMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a letter. A message that is known and comes back is parked again; a letter that is delivered again changes nothing. */
    void keep(DeadLetter letter, Instant now) {
        jdbc.sql("""
                 insert into parked_message as known
                        (id, message_id, letter_id, queue, routing_key, reason, event_id, event_type, content_type, excerpt,
                         headers, body, times, first_parked_at, parked_at)
                 values (:id, :message, :letter, :queue, :key, :reason, :eventId, :eventType, :contentType, :excerpt,
                         :headers, :body, 1, :now, :now)
                 on conflict (message_id) do update
                    set letter_id = excluded.letter_id, reason = excluded.reason, times = known.times + 1,
                        parked_at = excluded.parked_at, replayed_at = null
                  where known.letter_id <> excluded.letter_id
                 """)
                .param("id", Uuids.next())
                .param("message", letter.messageId())
                .param("letter", letter.id())
                .param("queue", letter.queue())
                .param("key", line(letter.routingKey()))
                .param("reason", line(letter.reason()))
                .param(
                        "eventId",
                        letter.attribute("id").map(ParkedMessages::line).orElse(null))
                .param(
                        "eventType",
                        letter.attribute("type").map(ParkedMessages::line).orElse(null))
                .param("contentType", letter.contentType() == null ? null : line(letter.contentType()))
                .param("excerpt", Excerpt.of(letter.body()))
                .param("headers", JsonMapper.shared().writeValueAsBytes(letter.headers()))
                .param("body", letter.body())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * What waits, the newest first by when it was set aside for the first time, however often it came back.
     *
     * @param before the last of the page before
     */
    List<ParkedMessage> page(@Nullable String queue, @Nullable UUID before, int limit) {
        return jdbc.sql("select " + SHOWN + """
                          from parked_message
                         where replayed_at is null
                           and (:queue::text is null or queue = :queue)
                           and (:before::uuid is null or id < :before)
                         order by id desc limit :limit
                        """)
                .param("queue", queue)
                .param("before", before)
                .param("limit", limit)
                .query((row, number) -> shown(row))
                .list();
    }

    Optional<ParkedMessage> find(UUID id) {
        return jdbc.sql("select " + SHOWN + " from parked_message where id = :id")
                .param("id", id)
                .query((row, number) -> shown(row))
                .optional();
    }

    /** The message as it was, locked until the end of the transaction; empty when it does not wait. */
    Optional<DeadLetter> lockParked(UUID id) {
        return jdbc.sql("select * from parked_message where id = :id and replayed_at is null for update")
                .param("id", id)
                .query((row, number) -> new DeadLetter(
                        row.getObject("letter_id", UUID.class),
                        row.getObject("message_id", UUID.class),
                        row.getString("queue"),
                        row.getString("routing_key"),
                        row.getString("reason"),
                        row.getString("content_type"),
                        JsonMapper.shared()
                                .readValue(new String(row.getBytes("headers"), StandardCharsets.UTF_8), HEADERS),
                        row.getBytes("body")))
                .optional();
    }

    void markReplayed(UUID id, Instant now) {
        jdbc.sql("update parked_message set replayed_at = :now where id = :id")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    /** Deletes a message; tells whose it was, or nothing when there is none. */
    Optional<String> delete(UUID id) {
        return jdbc.sql("delete from parked_message where id = :id returning queue")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /** Forgets what was given back before then, and did not return. */
    int pruneReplayed(Instant before) {
        return jdbc.sql("delete from parked_message where replayed_at < :before")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Costs no more when much is parked: it is asked for with each letter. */
    Optional<Parking> of(String queue) {
        return jdbc.sql("""
                        with waiting as not materialized (
                            select parked_at, id, reason from parked_message where queue = :queue and replayed_at is null)
                        select (select count(*) from (select from waiting limit :most) as counted) as messages,
                               (select min(parked_at) from waiting) as since,
                               parked_at, id, reason
                          from waiting
                         order by parked_at desc, id desc limit 1
                        """)
                .param("queue", queue)
                .param("most", Parking.MOST_COUNTED)
                .query((row, number) -> new Parking(
                        row.getInt("messages"),
                        time(row, "since"),
                        time(row, "parked_at"),
                        row.getObject("id", UUID.class),
                        row.getString("reason")))
                .optional();
    }

    private static ParkedMessage shown(ResultSet row) throws SQLException {
        var replayed = row.getObject("replayed_at", OffsetDateTime.class);
        return new ParkedMessage(
                row.getObject("id", UUID.class),
                replayed == null ? "parked" : "replayed",
                row.getString("queue"),
                row.getString("routing_key"),
                row.getString("reason"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("content_type"),
                row.getLong("size"),
                row.getString("excerpt"),
                row.getInt("times"),
                time(row, "first_parked_at"),
                time(row, "parked_at"),
                replayed == null ? null : replayed.toInstant());
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class), column)
                .toInstant();
    }

    private static String line(String text) {
        return StorableText.line(text, LONGEST_LINE);
    }
}
