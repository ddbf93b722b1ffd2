package dev.holdfast.worker.run;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.worker.job.Claimant;
import dev.holdfast.worker.job.DueJob;
import dev.holdfast.worker.job.Job;
import dev.holdfast.worker.job.JobLedger;
import dev.holdfast.worker.job.LeaseLost;
import dev.holdfast.worker.place.WorkerName;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Claims a due job, has it run under watch, and writes its one outcome. */
@Component
class RunSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(RunSupervisor.class);
    private static final int DEADLY = 8;

    private final JobLedger ledger;
    private final RunFactory factory;
    private final BackupRunner runner;
    private final ActiveRuns activeRuns;
    private final RunFailures failures;
    private final WorkerName worker;
    /** What this process let go of because its own database did not answer. */
    private final Set<BackupId> outOfTouch = ConcurrentHashMap.newKeySet();

    RunSupervisor(
            JobLedger ledger,
            RunFactory factory,
            BackupRunner runner,
            ActiveRuns activeRuns,
            RunFailures failures,
            WorkerName worker) {
        this.ledger = ledger;
        this.factory = factory;
        this.runner = runner;
        this.activeRuns = activeRuns;
        this.failures = failures;
        this.worker = worker;
    }

    /**
     * Runs a job to its end, or until this worker has to let go of it.
     *
     * @throws DataAccessException when the worker's own database fails; the job is then as it was, to be claimed again
     */
    RunResult execute(DueJob due) {
        if (activeRuns.draining()) {
            return RunResult.AGAIN;
        }
        try (var mdc = MDC.putCloseable("backupId", due.id().toString())) {
            var claimant = new Claimant(worker.value(), outOfTouch.remove(due.id()));
            return ledger.claim(due, claimant).map(this::supervise).orElse(RunResult.DONE);
        }
    }

    private RunResult supervise(Job job) {
        var run = factory.open(job);
        activeRuns.add(run);
        try (var watch = factory.watch(run)) {
            LOG.info(
                    "attempt {} of the backup of {} runs here",
                    job.attempt(),
                    job.request().sourceName());
            run.log().info("attempt %d on worker %s".formatted(job.attempt(), worker.value()));
            return runToOutcome(run, watch);
        } finally {
            run.log().flush();
            activeRuns.remove(run);
        }
    }

    private RunResult runToOutcome(Run run, RunWatch watch) {
        try {
            boolean mayBeSealed = run.job().attempt() > 1;
            if (!(mayBeSealed && runner.adoptSealed(run))) {
                requireNotCancelled(run);
                requireWorkersToSurvive(run);
                runner.run(run, watch::close);
            }
            LOG.info("backup of {} completed", run.request().sourceName());
            run.log().info("completed");
            return RunResult.DONE;
        } catch (RuntimeException e) {
            return afterFailure(run, e);
        }
    }

    private static void requireNotCancelled(Run run) {
        if (run.job().cancelRequested()) {
            throw BackupException.of(FailureCode.CANCELLED, "the backup was cancelled", "", Map.of());
        }
    }

    /** A backup that ends each worker which touches it must not go on for ever, nor keep the others from running. */
    private static void requireWorkersToSurvive(Run run) {
        int deaths = run.job().deaths();
        if (deaths >= DEADLY) {
            throw BackupException.of(
                    FailureCode.WORKER_LOST,
                    "the worker that ran it was lost %d times in a row".formatted(deaths),
                    "attempts %d to %d ended without a word"
                            .formatted(run.job().attempt() - deaths, run.job().attempt() - 1),
                    Map.of());
        }
    }

    /** Whoever interrupted the run decides its outcome: what a stopped tool says on its way out is noise. */
    private RunResult afterFailure(Run run, RuntimeException e) {
        run.discard();
        // One look: what comes later is too late, and a stop of this worker is no outcome of the backup.
        var interrupted = run.interrupted();
        var interruption = interrupted == null ? null : interrupted.why();
        try {
            if (e instanceof LeaseLost || interruption == Run.Interruption.LEASE_LOST) {
                outOfTouch.add(run.job().id());
                LOG.warn(
                        "let go of the backup of {}: another worker has it now",
                        run.request().sourceName());
                return RunResult.LOST;
            }
            if (interruption == Run.Interruption.SHUTTING_DOWN) {
                failures.giveBack(run);
                return RunResult.DONE;
            }
            if (e instanceof DataAccessException || e instanceof TransactionException) {
                outOfTouch.add(run.job().id());
                throw e;
            }
            failures.end(run, interrupted == null ? e : new BackupException(interrupted.reason()));
            return RunResult.DONE;
        } catch (LeaseLost lost) {
            LOG.warn(
                    "let go of the backup of {}: another worker has it now",
                    run.request().sourceName());
            return RunResult.LOST;
        }
    }
}
