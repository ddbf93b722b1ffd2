package dev.holdfast.worker.job;

import dev.holdfast.common.id.BackupId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows of {@code job_log}: written in batches while a backup runs, read as one text. */
@Repository
public class LogLines {
    private static final int BATCH = 500;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    LogLines(DataSource dataSource, PlatformTransactionManager transactions) {
        jdbc = new JdbcTemplate(dataSource);
        // Rows are streamed only with a fetch size and inside a transaction (pgjdbc, "Getting results based on a
        // cursor").
        jdbc.setFetchSize(BATCH);
        this.transaction = new TransactionTemplate(transactions);
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

    /** Writes the log so far, every attempt of it, line by line; however slowly the target takes them, for no lock is held. */
    public void write(BackupId id, Appendable target) {
        transaction.executeWithoutResult(status -> {
            jdbc.execute("set local idle_in_transaction_session_timeout = 0");
            jdbc.query(
                    "select line, at, level, text from job_log where backup_id = ? order by attempt, line",
                    row -> {
                        append(target, line(row).format());
                    },
                    id.value());
        });
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
