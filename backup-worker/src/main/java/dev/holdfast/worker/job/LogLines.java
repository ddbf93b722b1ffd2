package dev.holdfast.worker.job;

import dev.holdfast.common.id.BackupId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The rows of {@code job_log}: written in batches while a backup runs, read as one text. */
@Repository
public class LogLines {
    private static final int BATCH = 500;
    private static final int FORGOTTEN_AT_ONCE = 10_000;

    private final JdbcTemplate jdbc;

    LogLines(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
    }

    /** Adds lines; a line that is there already stays as it is. */
    public void append(BackupId id, int attempt, List<LogLine> lines) {
        jdbc.batchUpdate(
                "insert into job_log (backup_id, attempt, line, at, level, text) values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                lines,
                BATCH,
                (statement, line) -> {
                    statement.setObject(1, id.value());
                    statement.setInt(2, attempt);
                    statement.setInt(3, line.number());
                    statement.setTimestamp(4, Timestamp.from(line.at()));
                    statement.setString(5, line.level());
                    statement.setString(6, line.text());
                });
    }

    /**
     * Writes the log so far, every attempt of it, line by line. However slowly the target takes them: no connection is held while it
     * does, since runs need those.
     */
    public void write(BackupId id, Appendable target) {
        var batch = after(id, new Place(0, Integer.MIN_VALUE));
        while (!batch.isEmpty()) {
            batch.forEach(placed -> append(target, placed.line().format()));
            batch = after(id, batch.getLast().place());
        }
    }

    private List<Placed> after(BackupId id, Place place) {
        return jdbc.query(
                """
                select attempt, line, at, level, text from job_log
                 where backup_id = ? and (attempt, line) > (?, ?) order by attempt, line limit ?""",
                (row, number) -> new Placed(row.getInt("attempt"), line(row)),
                id.value(),
                place.attempt(),
                place.line(),
                BATCH);
    }

    private record Place(int attempt, int line) {}

    private record Placed(int attempt, LogLine line) {
        Place place() {
            return new Place(attempt, line.number());
        }
    }

    /**
     * Deletes the lines from before a time, some thousand at once, so that nobody waits for it.
     *
     * @return how many there were
     */
    public int forget(Instant before) {
        int all = 0;
        int some;
        do {
            some = jdbc.update("""
                    delete from job_log where ctid = any(array(select ctid from job_log where at < ? limit ?))""", Timestamp.from(before), FORGOTTEN_AT_ONCE);
            all += some;
        } while (some == FORGOTTEN_AT_ONCE);
        return all;
    }

    /**
     * The newest warnings and errors of all runs, oldest first.
     *
     * @param sources whose runs count; absent for all that there ever were
     */
    public List<LogLine> newestTrouble(@Nullable Set<UUID> sources, int limit) {
        var ids = sources == null ? null : sources.toArray(UUID[]::new);
        return jdbc.query("""
                        select line, at, level, text from job_log
                         where level <> 'info'
                           and (?::uuid[] is null or (select source_id from job where id = backup_id) = any(?::uuid[]))
                         order by at desc, attempt desc, line desc limit ?""", (row, number) -> line(row), ids, ids, limit).reversed();
    }

    /** The end of one backup's log. */
    public List<LogLine> tail(BackupId id, int limit) {
        return jdbc.query(
                        "select line, at, level, text from job_log where backup_id = ?"
                                + " order by attempt desc, line desc limit ?",
                        (row, number) -> line(row),
                        id.value(),
                        limit)
                .reversed();
    }

    private static LogLine line(ResultSet row) throws SQLException {
        return new LogLine(
                row.getInt("line"), row.getTimestamp("at").toInstant(), row.getString("level"), row.getString("text"));
    }

    private static void append(Appendable target, String line) {
        try {
            target.append(line).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("the log could not be written", e);
        }
    }
}
