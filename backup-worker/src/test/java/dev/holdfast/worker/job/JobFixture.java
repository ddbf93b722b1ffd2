package dev.holdfast.worker.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The job package on a real database, emptied for each fixture, put together without Spring. */
public final class JobFixture {
    private static final DataSource DATA_SOURCE = migratedDatabase();

    public final RecordingOutbox outbox = new RecordingOutbox();
    public final Jobs jobs;
    public final JobHistory history;
    public final JobLedger ledger;
    public final RecallOutcome recall;
    public final Turns turns;
    public final LogLines lines;
    public final JdbcClient jdbc;

    private final JobSchedule schedule;
    private final DataSourceTransactionManager transactions;
    private final Clock clock;
    private final JobIntake intake;
    private final TransactionTemplate transaction;

    public JobFixture(Clock clock) {
        this.clock = clock;
        transactions = new DataSourceTransactionManager(DATA_SOURCE);
        var scheduler = Scheduler.create(
                        new TransactionAwareDataSourceProxy(DATA_SOURCE),
                        List.of(Tasks.oneTime(JobSchedule.RUN_BACKUP).execute((instance, context) -> {})))
                .build();
        jdbc = JdbcClient.create(DATA_SOURCE);
        jdbc.sql("truncate job, cancel_request, job_log, scheduled_tasks, storage_volume, storage_health, worker")
                .update();
        jobs = new Jobs(jdbc, JsonMapper.builder().build());
        history = new JobHistory(jdbc, JsonMapper.builder().build());
        lines = new LogLines(DATA_SOURCE);
        schedule = new JobSchedule(
                new StaticListableBeanFactory(Map.of("scheduler", scheduler)).getBeanProvider(Scheduler.class));
        turns = new Turns(jdbc, lines, schedule, new TurnSettings(2), clock);
        ledger = ledger(turns);
        recall = new RecallOutcome(jobs, outbox, transactions);
        intake = new JobIntake(new RecordingInbox(), jobs, ledger, schedule, clock);
        transaction = new TransactionTemplate(transactions);
    }

    /** Takes an event in as the consumer does. */
    public void accept(EventEnvelope envelope) {
        transaction.executeWithoutResult(status -> intake.accept(envelope));
    }

    /** What the scheduler would run. */
    public List<String> scheduled() {
        return jdbc.sql("select task_instance from scheduled_tasks order by 1")
                .query(String.class)
                .list();
    }

    /** Claims whatever entry the scheduler has of a job, as the worker does whose turn it is. */
    public Optional<Job> claim(BackupId id, String worker) {
        return claim(ledger, id, worker);
    }

    /** The ledger of a worker that is set up otherwise. */
    JobLedger withPerServer(int limit) {
        return ledger(new Turns(jdbc, lines, schedule, new TurnSettings(limit), clock));
    }

    private JobLedger ledger(Turns turns) {
        return new JobLedger(jobs, turns, outbox, new SealSilence(jdbc), transactions, clock);
    }

    Optional<Job> claim(JobLedger by, BackupId id, String worker) {
        return scheduled().stream()
                .map(DueJob::ofInstance)
                .filter(due -> due.id().equals(id))
                .max(Comparator.comparingInt(DueJob::requestedAttempt).thenComparingInt(DueJob::turn))
                .flatMap(due -> by.claim(due, Claimant.of(worker)));
    }

    public static DataSource dataSource() {
        return DATA_SOURCE;
    }

    public TransactionTemplate transaction() {
        return transaction;
    }

    private static DataSource migratedDatabase() {
        var server = EmbeddedPostgres.temporary();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        var dataSource = server.dataSource("postgres");
        new ResourceDatabasePopulator(
                        new ClassPathResource("db/worker/V001__accept_and_run_jobs.sql"),
                        new ClassPathResource("db/worker/V002__schedule_tasks.sql"),
                        new ClassPathResource("db/worker/V003__watch_storage.sql"),
                        new ClassPathResource("db/worker/V004__take_turns.sql"),
                        new ClassPathResource("db/worker/V005__keep_outcomes.sql"),
                        new ClassPathResource("db/worker/V006__know_each_other.sql"),
                        new ClassPathResource("db/worker/V007__forget_old_logs.sql"))
                .execute(dataSource);
        return dataSource;
    }

    /** Of a small backup. */
    public static Completion aCompletion() {
        return new Completion(
                new PublishedBackup(Path.of("/backups/shop/1"), List.of(new Artifact("database.dump", 7, "ab"))),
                Duration.ofSeconds(3),
                new BackupMetadata("15.1", "15.2", 9, Map.of(), Map.of(), Map.of()));
    }
}
