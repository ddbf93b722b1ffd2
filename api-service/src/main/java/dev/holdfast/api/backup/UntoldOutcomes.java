package dev.holdfast.api.backup;

import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.id.BackupId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which outcomes the notification-service may not have heard of, and when it is to be asked. Each is there for minutes as a rule. */
@Repository
class UntoldOutcomes {
    private final JdbcClient jdbc;
    private final RecallSettings settings;
    private final Clock clock;

    UntoldOutcomes(JdbcClient jdbc, RecallSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** Has an outcome asked about, in the transaction that records it; that of an earlier attempt no longer is. */
    void add(EventEnvelope event, BackupEvent outcome) {
        jdbc.sql("""
                        insert into untold_outcome (backup_id, event_id, attempt, ask_at)
                        values (:backup, :event, :attempt, :askAt)
                        on conflict (backup_id) do update
                           set event_id = excluded.event_id, attempt = excluded.attempt, tries = 0, ask_at = excluded.ask_at
                        """)
                .param("backup", outcome.backupId().value())
                .param("event", event.id())
                .param("attempt", outcome.attempt())
                .param("askAt", in(settings.after()))
                .update();
    }

    /** Those whose time has come; the ones that wait for longest. */
    List<UntoldOutcome> due(int limit) {
        return jdbc.sql("select * from untold_outcome where ask_at <= :now order by ask_at limit :limit")
                .param("now", in(Duration.ZERO))
                .param("limit", limit)
                .query((row, number) -> new UntoldOutcome(
                        new BackupId(row.getObject("backup_id", UUID.class)),
                        row.getObject("event_id", UUID.class),
                        row.getInt("attempt"),
                        row.getInt("tries")))
                .list();
    }

    /** Has it asked about once more, the later the more often it was. Nothing where another outcome has taken its place. */
    void askLater(UntoldOutcome outcome) {
        askAgain(outcome, outcome.tries() + 1);
    }

    /** Has it asked about once more, as if it had not been. Nothing where another outcome has taken its place. */
    void postpone(UntoldOutcome outcome) {
        askAgain(outcome, outcome.tries());
    }

    private void askAgain(UntoldOutcome outcome, int tries) {
        jdbc.sql("""
                        update untold_outcome set tries = :tries, ask_at = :askAt
                        where backup_id = :backup and event_id = :event
                        """)
                .param("tries", tries)
                .param("askAt", in(settings.after().multipliedBy(Math.max(1, tries))))
                .param("backup", outcome.backup().value())
                .param("event", outcome.event())
                .update();
    }

    /** It is never asked about again. Nothing where another outcome has taken its place. */
    void settle(UntoldOutcome outcome) {
        jdbc.sql("delete from untold_outcome where backup_id = :backup and event_id = :event")
                .param("backup", outcome.backup().value())
                .param("event", outcome.event())
                .update();
    }

    private Timestamp in(Duration time) {
        return Timestamp.from(clock.instant().plus(time));
    }
}
