package dev.holdfast.worker.health;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The rows of {@code storage_health}. Freshness is told by the database's clock, the one that all workers share. */
@Repository
class HealthRows {
    private static final String OUTAGE = """
            select worker, since, code, seen_at < now() - interval '10 seconds' as abandoned
              from storage_health where root = :root and state = 'down'""";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    HealthRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The outage of a root, without a lock; empty while it can be written. */
    Optional<Outage> outage(String root) {
        return jdbc.sql(OUTAGE).param("root", root).query(HealthRows::outage).optional();
    }

    /** Keeps other workers from changing a root's state until the transaction ends, and reads its newest sequence. */
    long lock(String root) {
        jdbc.sql("insert into storage_health (root, state) values (:root, 'up') on conflict do nothing")
                .param("root", root)
                .update();
        return jdbc.sql("select newest_sequence from storage_health where root = :root for update")
                .param("root", root)
                .query(Long.class)
                .single();
    }

    void down(String root, String worker, Instant since, Failure failure, long sequence) {
        jdbc.sql("""
                update storage_health
                   set state = 'down', worker = :worker, since = :since, code = :code, failure = :failure,
                       seen_at = now(), newest_sequence = :sequence
                 where root = :root""")
                .param("root", root)
                .param("worker", worker)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("code", failure.code().name())
                .param("failure", json.writeValueAsString(failure))
                .param("sequence", sequence)
                .update();
    }

    void up(String root, long sequence) {
        jdbc.sql("""
                update storage_health
                   set state = 'up', worker = null, since = null, code = null, failure = null, seen_at = null,
                       newest_sequence = :sequence
                 where root = :root""").param("root", root).param("sequence", sequence).update();
    }

    /** Confirms an outage, or takes it over from a worker that does not confirm it any more. */
    void seen(String root, String worker) {
        jdbc.sql("update storage_health set worker = :worker, seen_at = now() where root = :root and state = 'down'")
                .param("root", root)
                .param("worker", worker)
                .update();
    }

    /** Leaves an outage to the other workers, or to this one when it starts again under another name. */
    void abandon(String root, String worker) {
        jdbc.sql("""
                update storage_health set seen_at = '-infinity'
                 where root = :root and state = 'down' and worker = :worker""").param("root", root).param("worker", worker).update();
    }

    private static Outage outage(ResultSet row, int number) throws SQLException {
        return new Outage(
                row.getString("worker"),
                row.getTimestamp("since").toInstant(),
                FailureCode.valueOf(row.getString("code")),
                row.getBoolean("abandoned"));
    }
}
