package dev.holdfast.worker.job;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What can be told of all jobs so far, for whoever asks how backups fare; it reads, and locks nothing. */
@Repository
public class JobHistory {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    JobHistory(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Every source that a backup was ever requested of. */
    public Set<String> sourceNames() {
        return Set.copyOf(jdbc.sql("select distinct source_name from job")
                .query(String.class)
                .list());
    }

    /** The directories of the newest completed backups. */
    public List<Path> newestCompleted(int limit) {
        return jdbc.sql("select path from job where state = 'completed' order by ended_at desc limit :limit")
                .param("limit", limit)
                .query((row, number) -> Path.of(row.getString("path")))
                .list();
    }

    public long countCompleted() {
        return jdbc.sql("select count(*) from job where state = 'completed'")
                .query(Long.class)
                .single();
    }

    /**
     * How the newest backup of each source came out that completed or failed, by the names of the sources.
     *
     * @param sources that count; absent for all that there ever were
     */
    public List<Outcome> newestOutcomes(@Nullable Set<UUID> sources) {
        return jdbc.sql("""
                select * from (select distinct on (source_id) id, source_name, ended_at, failure, failure_code from job
                                where state in ('completed', 'failed') and (:sources::uuid[] is null or source_id = any(:sources))
                                order by source_id, ended_at desc) newest
                 order by source_name""")
                .param("sources", sources == null ? null : sources.toArray(UUID[]::new))
                .query(this::outcome)
                .list();
    }

    /** When a backup of any source last completed. */
    public Optional<Instant> lastSuccess() {
        return jdbc.sql("select max(ended_at) from job where state = 'completed'")
                .query((row, number) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
                .single();
    }

    private Outcome outcome(ResultSet row, int number) throws SQLException {
        var failure = row.getString("failure");
        var code = row.getString("failure_code");
        return new Outcome(
                new BackupId(row.getObject("id", UUID.class)),
                row.getString("source_name"),
                row.getTimestamp("ended_at").toInstant(),
                failure != null
                        ? json.readValue(failure, Failure.class)
                        // A row from before failures were kept has the code alone.
                        : code == null ? null : Failure.of(FailureCode.valueOf(code), code, "", Map.of()));
    }
}
