package dev.holdfast.api.backup;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.id.BackupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The backups that have not ended, and that neither the worker has begun nor anybody has asked the worker about for long. The longer
 * nothing is heard of one, the longer it takes until its time comes again, up to {@link #SLOWEST} times as long: what is only late,
 * because all are busy, must not make them busier with the same news over and over.
 */
@Repository
class UnheardBackups {
    /** When it was last known where the backup is; greatest passes over what is null. */
    private static final String KNOWN_AT = "greatest(requested_at, started_at, recalled_at)";

    private static final int SLOWEST = 8;

    /** For how long nothing but the worker's answers had been heard when it was last asked. */
    private static final String SILENCE = "coalesce(recalled_at - greatest(requested_at, started_at), interval '0')";

    private static final String UNHEARD =
            "status in ('REQUESTED', 'RUNNING') and " + KNOWN_AT + " < :before and " + KNOWN_AT
                    + " + greatest(least(" + SILENCE + ", :after * " + SLOWEST
                    + " * interval '1 s') - :after * interval '1 s', interval '0')"
                    + " < :before";

    private final JdbcClient jdbc;
    private final BackupRows rows;
    private final double after;

    UnheardBackups(JdbcClient jdbc, BackupRows rows, RecallSettings settings) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.after = settings.after().toMillis() / 1e3;
    }

    /** Those that nothing is known of for longest. */
    List<Backup> oldest(Instant before, int limit) {
        return jdbc.sql("select * from backup where " + UNHEARD + " order by " + KNOWN_AT + ", id limit :limit")
                .param("before", Timestamp.from(before))
                .param("after", after)
                .param("limit", limit)
                .query(rows)
                .list();
    }

    /** Keeps one from others until the transaction ends; nothing where it was heard of meanwhile, or somebody else has it now. */
    Optional<UnheardBackup> lock(BackupId id, Instant before) {
        return jdbc.sql("select * from backup where id = :id and " + UNHEARD + " for update skip locked")
                .param("id", id.value())
                .param("before", Timestamp.from(before))
                .param("after", after)
                .query(this::unheard)
                .optional();
    }

    /** Remembers with which event the worker is told of the newest request; in the transaction that stores it. */
    void told(BackupId id, EventEnvelope request) {
        jdbc.sql("""
                        update backup set request_event = :event, request_event_at = :at, recalled_at = :at where id = :id
                        """)
                .param("event", request.id())
                .param("at", Timestamp.from(request.time()))
                .param("id", id.value())
                .update();
    }

    /** Remembers that the worker has answered, whatever it was. */
    void asked(BackupId id, Instant at) {
        jdbc.sql("update backup set recalled_at = :at where id = :id")
                .param("at", Timestamp.from(at))
                .param("id", id.value())
                .update();
    }

    private UnheardBackup unheard(ResultSet row, int number) throws SQLException {
        return new UnheardBackup(rows.mapRow(row, number), request(row));
    }

    private static UnheardBackup.@Nullable Request request(ResultSet row) throws SQLException {
        var event = row.getObject("request_event", UUID.class);
        return event == null
                ? null
                : new UnheardBackup.Request(
                        event, row.getTimestamp("request_event_at").toInstant());
    }
}
