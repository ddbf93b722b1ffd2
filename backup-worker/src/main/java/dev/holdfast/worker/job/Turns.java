package dev.holdfast.worker.job;

import dev.holdfast.common.id.BackupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Of each source the oldest; more may be woken than can run, and those wait again. */
    private static final String WAKE = """
            with eligible as (
                select distinct on (j.source_id) j.id, j.requested_at from job j
                 where j.waiting and j.state = 'queued' and %s
                   and not exists (select 1 from job o where o.state = 'running' and o.source_id = j.source_id)
                 order by j.source_id, j.requested_at, j.id),
            chosen as (
                select j.id from job j join eligible e on e.id = j.id
                 order by e.requested_at, e.id limit :limit for update of j skip locked)
            update job j set waiting = false, turn = turn + 1 from chosen where j.id = chosen.id
            returning j.id, j.requested_attempt, j.turn""";

    private static final String WAKE_THOSE_BEHIND =
            WAKE.formatted("(j.source_id = :source or j.server = (select b.server from job b where b.id = :id))");
    private static final String WAKE_WHERE_IDLE =
            WAKE.formatted("not exists (select 1 from job o where o.state = 'running' and o.server = j.server)");

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

    /** Whether this job may run; if not, it waits from here on, and its log says for what. */
    boolean isNow(Job job) {
        lock();
        var obstacle = obstacle(job);
        jdbc.sql("update job set waiting = :waiting where id = :id")
                .param("id", job.id().value())
                .param("waiting", obstacle.isPresent())
                .update();
        obstacle.ifPresent(reason -> lines.append(
                job.id(), job.nextAttempt(), List.of(new LogLine(0, clock.instant(), "info", "waits: " + reason))));
        return obstacle.isEmpty();
    }

    /** Queues a job anew, to run at a time. */
    void again(Job job, Instant at) {
        jdbc.sql("update job set state = 'queued', phase = null, turn = turn + 1 where id = :id")
                .param("id", job.id().value())
                .update();
        schedule.at(new DueJob(job.id(), job.requestedAttempt(), job.turn() + 1), at);
    }

    /** Gives their turn to those that waited for this job, which runs no longer. */
    void pass(Job job) {
        lock();
        wake(
                WAKE_THOSE_BEHIND,
                Map.of(
                        "id",
                        job.id().value(),
                        "source",
                        job.request().sourceId().value(),
                        "limit",
                        settings.perServer()));
    }

    /**
     * Gives a turn to waiting jobs that have nothing to wait for any more. There are none unless a worker of another version has ended
     * what they waited for.
     */
    @Transactional
    public void wakeForgotten() {
        lock();
        wake(WAKE_WHERE_IDLE, Map.of("limit", Integer.MAX_VALUE))
                .forEach(due -> LOG.warn("backup {} waited for nothing; it has its turn now", due.id()));
    }

    private List<DueJob> wake(String sql, Map<String, Object> parameters) {
        var woken = jdbc.sql(sql).params(parameters).query(Turns::due).list();
        woken.forEach(due -> schedule.at(due, clock.instant()));
        return woken;
    }

    private Optional<String> obstacle(Job job) {
        return jdbc.sql("""
                        select case
                                 when exists (select 1 from job o
                                               where o.state = 'running' and o.id <> j.id and o.source_id = j.source_id)
                                 then 'another backup of this source is running'
                                 when (select count(*) from job o
                                        where o.state = 'running' and o.id <> j.id and o.server = j.server) >= :limit
                                 then 'no more than ' || :limit || ' backups of ' || j.server
                                      || ' run at the same time (holdfast.run.per-server)'
                               end
                          from job j where j.id = :id""")
                .param("id", job.id().value())
                .param("limit", settings.perServer())
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
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
