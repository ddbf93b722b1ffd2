package dev.holdfast.worker.run;

import static dev.holdfast.worker.job.Requests.aCancel;
import static dev.holdfast.worker.job.Requests.aRequest;
import static dev.holdfast.worker.job.Requests.envelope;

import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.worker.advice.Advice;
import dev.holdfast.worker.health.HealthFixture;
import dev.holdfast.worker.job.DueJob;
import dev.holdfast.worker.job.JobFixture;
import dev.holdfast.worker.job.JobState;
import dev.holdfast.worker.media.MediaFixture;
import dev.holdfast.worker.place.Place;
import dev.holdfast.worker.place.WorkerName;
import dev.holdfast.worker.step.RunLog;
import dev.holdfast.worker.step.StopSignal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** One worker on a real database, its ports faked, its scheduler played by the test. */
final class RunFixture {
    static final Duration LONG = Duration.ofMinutes(5);
    static final String PASSWORD = "s3cret p%wd'";

    final JobFixture job = new JobFixture(Clock.systemUTC());
    final ActiveRuns activeRuns = new ActiveRuns(new SimpleMeterRegistry());
    final FakePorts ports;
    final BackupId id = BackupId.next();

    final RunFailures failures;
    private final AtomicReference<Duration> clockIsAhead = new AtomicReference<>(Duration.ZERO);
    private final Clock clock =
            ((InstantSource) () -> Clock.systemUTC().instant().plus(clockIsAhead.get())).withZone(ZoneOffset.UTC);
    private final RunSupervisor supervisor;

    RunFixture(Path root) {
        this(root, LONG, null);
    }

    RunFixture(Path root, Duration stallTimeout, @Nullable Duration totalTimeout) {
        ports = new FakePorts(root);
        var settings = settings(stallTimeout, totalTimeout);
        var preflight = new Preflight(secret -> PASSWORD, ports, ports, ports, MediaFixture.roots(ports), job.jobs);
        var publisher = new Publisher(ports, ports, job.ledger, job.lines, clock);
        var advice = Advice.at(Place.plain(), ports, job.history);
        failures = new RunFailures(
                job.ledger,
                publisher,
                new Retries(settings, clock),
                advice,
                HealthFixture.aWorker("w1", job, ports, advice));
        supervisor = new RunSupervisor(
                job.ledger,
                new RunFactory(job.jobs, job.ledger, job.lines, ports, settings, clock),
                new BackupRunner(preflight, ports, ports, ports, publisher, job.ledger),
                activeRuns,
                failures,
                new WorkerName("w1"));
    }

    private static RunSettings settings(Duration stallTimeout, @Nullable Duration totalTimeout) {
        return new RunSettings(
                "w1",
                2,
                Duration.ofSeconds(5),
                stallTimeout,
                Duration.ofMillis(600),
                1,
                Duration.ofSeconds(3),
                totalTimeout,
                Duration.ofSeconds(6));
    }

    /** Sets the worker's clock forward, or back, as an administrator does or a server of time. */
    void moveClock(Duration by) {
        clockIsAhead.updateAndGet(by::plus);
    }

    private int turn() {
        return job.jdbc
                .sql("select turn from job where id = :id")
                .param("id", id.value())
                .query(Integer.class)
                .single();
    }

    RunResult request() {
        return request(aRequest(id, 1));
    }

    RunResult request(BackupRequested request) {
        job.accept(envelope(request, 10));
        return execute();
    }

    /** Takes another request in and runs it. */
    RunResult execute(BackupRequested other) {
        job.accept(envelope(other, 10));
        return supervisor.execute(new DueJob(other.backupId(), 1, 0));
    }

    /** As the scheduler does, at first and when it revives a dead execution. */
    RunResult execute() {
        return execute(1);
    }

    /** The same for a retry. */
    RunResult execute(int requestedAttempt) {
        return supervisor.execute(new DueJob(id, requestedAttempt, turn()));
    }

    /** One that is claimed, and does nothing. */
    Run aClaimedRun() {
        job.accept(envelope(aRequest(id, 1), 10));
        var claimed = job.claim(id, "w1").orElseThrow();
        return new Run(claimed, job.ledger, new JobLog(id, 1, job.lines, clock), new RunProgress(System::nanoTime));
    }

    CompletableFuture<RunResult> requestInBackground() {
        job.accept(envelope(aRequest(id, 1), 10));
        return CompletableFuture.supplyAsync(this::execute);
    }

    void cancel() {
        job.accept(envelope(aCancel(id, 1), 11));
    }

    /** Has another worker claim the job as soon as the present transaction, which holds its lock, is gone. */
    void takeOverAfterRollback() {
        afterRollback(() -> {
            if (job.claim(id, "w2").isEmpty()) {
                throw new AssertionError("the job could not be taken over");
            }
        });
    }

    /** The same, and has it run to its end. */
    void executeAfterRollback() {
        afterRollback(this::execute);
    }

    private static void afterRollback(Runnable other) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                CompletableFuture.runAsync(other).join();
            }
        });
    }

    /** Has the present transaction end as it does when the connection breaks before its commit. */
    static void loseCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                throw new DataAccessResourceFailureException("connection lost before the commit");
            }
        });
    }

    JobState state() {
        return job.jobs.standing(id).orElseThrow().state();
    }

    String log() {
        var text = new StringBuilder();
        job.lines.write(id, text);
        return text.toString();
    }

    /** Whether the volume holds nothing of an unfinished attempt. */
    boolean nothingStaged() {
        return ports.staged.stream().noneMatch(Files::exists);
    }

    /** Waits in a step until the run is told to stop, as a process does. */
    static void untilStopped(RunLog log, StopSignal stop) throws Exception {
        var stopped = new CompletableFuture<Void>();
        try (var hook = stop.onStop(() -> stopped.complete(null))) {
            stopped.join();
        }
        throw new BackupException(
                Failure.of(FailureCode.SOURCE_CONNECTION_LOST, "pg_dump was killed", "signal 15", Map.of()));
    }
}
