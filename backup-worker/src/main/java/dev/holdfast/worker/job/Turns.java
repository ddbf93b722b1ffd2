package dev.holdfast.worker.job;

import dev.holdfast.common.id.BackupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Says which queued job may run: of a source one at a time, of a server a few. A job that may not is taken off the scheduler and
 * waits in its row; whichever job ends next on that source or server gives the oldest ones another turn.
 *
 * <p>All methods but {@link #wakeForgotten} run inside the transaction that claims or ends a job, after that job's row was locked.
 */
@Component
@EnableConfigurationProperties(TurnSettings.class)
public class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    /** More may be woken than can run; those wait again. */
    private static final String WAKE = """
            with chosen as (
                select j.id from job j
                 where j.waiting and j.state = 'queued' and %s
                   and not exists (select 1 from job o where o.state = 'running' and o.source_id = j.source_id)
                 order by j.requested_at, j.id limit :limit for update of j skip locked)
            update job j set waiting = false, turn = turn + 1 from chosen where j.id = chosen.id
            returning j.id, j.requested_attempt, j.turn""";

    private static final String WAKE_OF_SOURCE = WAKE.formatted("j.source_id = :source");
    private static final String WAKE_OF_SERVER =
            WAKE.formatted("j.server = (select b.server from job b where b.id = :id)");
    private static final String WAKE_WHERE_FREE = WAKE.formatted("""
            (j.server is null
                or (select count(*) from job o where o.state = 'running' and o.server = j.server) < :perServer)""");

    private static final int AT_A_TIME = 1_000;
    /** So that the reasons to wait come before what the attempt itself says, in their order. */
    private static final int BEFORE_ALL_LINES = -1_000_000;

    private final JdbcClient jdbc;
    private final LogLines lines;
    private final JobSchedule schedule;
    private final TurnSettings settings;
    private final Clock clock;

    Turns(JdbcClient jdbc, LogLines lines, JobSchedule schedule, TurnSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.lines = lines;
        this.schedule = schedule;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether this queued job may run; if not, it waits from here on, and its log says for what. */
    boolean isNow(Job job) {
        lock();
        if (sourceIsBusy(job)) {
            await(job, "another backup of this source is running");
            // It may have been woken for a place that somebody else has a use for.
            wakeOfServer(job);
            return false;
        }
        if (serverIsFull(job)) {
            await(
                    job,
                    "no more than %d backups of one server run at the same time (holdfast.run.per-server)"
                            .formatted(settings.perServer()));
            return false;
        }
        setWaiting(job, false);
        return true;
    }

    /** Queues a job anew, to run at a time. */
    void again(Job job, Instant at) {
        jdbc.sql("update job set state = 'queued', phase = null, turn = turn + 1, deaths = 0 where id = :id")
                .param("id", job.id().value())
                .update();
        schedule.at(new DueJob(job.id(), job.requestedAttempt(), job.turn() + 1), at);
    }

    /** Gives their turn to those that waited for this job, which runs no longer. */
    void pass(Job job) {
        lock();
        wake(WAKE_OF_SOURCE, Map.of("source", job.request().sourceId().value(), "limit", 1));
        wakeOfServer(job);
    }

    /**
     * Gives a turn to waiting jobs that have nothing to wait for any more. There are none unless a worker of another version has ended
     * what they waited for, or the limit was raised.
     */
    @Transactional
    public void wakeForgotten() {
        lock();
        wake(WAKE_WHERE_FREE, Map.of("perServer", settings.perServer(), "limit", AT_A_TIME))
                .forEach(due -> LOG.warn("backup {} waited for nothing; it has its turn now", due.id()));
    }

    private void wakeOfServer(Job job) {
        wake(WAKE_OF_SERVER, Map.of("id", job.id().value(), "limit", settings.perServer()));
    }

    private List<DueJob> wake(String sql, Map<String, Object> parameters) {
        var woken = jdbc.sql(sql).params(parameters).query(Turns::due).list();
        woken.forEach(due -> schedule.at(due, clock.instant()));
        return woken;
    }

    private void await(Job job, String reason) {
        setWaiting(job, true);
        var line = new LogLine(BEFORE_ALL_LINES + job.turn(), clock.instant(), "info", "waits: " + reason);
        lines.append(job.id(), job.nextAttempt(), List.of(line));
    }

    private void setWaiting(Job job, boolean waiting) {
        jdbc.sql("update job set waiting = :waiting where id = :id")
                .param("id", job.id().value())
                .param("waiting", waiting)
                .update();
    }

    private boolean sourceIsBusy(Job job) {
        return jdbc.sql("""
                        select exists (select 1 from job
                                        where state = 'running' and source_id = :source and id <> :id)""")
                .param("id", job.id().value())
                .param("source", job.request().sourceId().value())
                .query(Boolean.class)
                .single();
    }

    private boolean serverIsFull(Job job) {
        return jdbc.sql("""
                        select count(*) >= :limit from job
                         where state = 'running' and id <> :id
                           and server = (select own.server from job own where own.id = :id)""")
                .param("id", job.id().value())
                .param("limit", settings.perServer())
                .query(Boolean.class)
                .single();
    }

    /** One at a time decides, so that no place is given twice, and nobody begins to wait while one becomes free. */
    private void lock() {
        jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended('holdfast_turns_' || current_schema(), 0))")
                .query(Integer.class)
                .single();
    }

    private static DueJob due(ResultSet row, int number) throws SQLException {
        return new DueJob(
                new BackupId(row.getObject("id", UUID.class)), row.getInt("requested_attempt"), row.getInt("turn"));
    }
}
