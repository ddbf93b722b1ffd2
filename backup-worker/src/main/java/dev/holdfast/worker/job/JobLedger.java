package dev.holdfast.worker.job;

import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupProgressed;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.Sequence;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.messaging.Outbox;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes what happens to a job: the row and its event in one transaction, under the row's lock, and only while the given attempt
 * is the running one. A worker that wakes up late therefore changes nothing and publishes nothing.
 */
@Component
public class JobLedger {
    private final Jobs jobs;
    private final Turns turns;
    private final Outbox outbox;
    private final SealSilence silence;
    private final TransactionTemplate transaction;
    private final Clock clock;

    JobLedger(
            Jobs jobs,
            Turns turns,
            Outbox outbox,
            SealSilence silence,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jobs = jobs;
        this.turns = turns;
        this.silence = silence;
        this.outbox = outbox;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Makes a queued job, or one whose worker died, the caller's. Whatever ran it before has another attempt number from here on.
     * Empty where it is not to run now: it waits for another backup of its source or server, has ended or is to stop, or was requested
     * anew.
     */
    public Optional<Job> claim(DueJob due, Claimant claimant) {
        return transaction.execute(status -> {
            return jobs.lock(due.id())
                    .filter(job -> !job.state().ended()
                            && job.requestedAttempt() == due.requestedAttempt()
                            && job.turn() == due.turn())
                    .filter(job -> !endedAsWished(job))
                    // One that runs already, though its worker is gone, has its place.
                    .filter(job -> job.state() == JobState.RUNNING || turns.isNow(job))
                    .map(job -> {
                        jobs.start(job.id(), job.nextAttempt(), claimant, clock.instant());
                        return jobs.lock(job.id()).orElseThrow();
                    });
        });
    }

    /** Somebody may have asked for it in the moment in which it was queued. */
    private boolean endedAsWished(Job job) {
        if (job.state() != JobState.QUEUED || !job.cancelRequested()) {
            return false;
        }
        cancel(job);
        return true;
    }

    /**
     * Tells that the server answered and the tool is chosen.
     *
     * @throws LeaseLost when this attempt is no longer the running one; so do all that follow
     */
    public void started(Job run, String toolVersion, String serverVersion) {
        write(
                run,
                job -> store(
                        job,
                        new BackupStarted(
                                job.id(),
                                job.request().sourceId(),
                                job.request().sourceName(),
                                job.attempt(),
                                String.valueOf(job.worker()),
                                toolVersion,
                                serverVersion)));
    }

    /** Tells how far a run has come. */
    public void progressed(Job run, JobProgress progress) {
        write(run, job -> {
            jobs.progress(job.id(), progress);
            store(
                    job,
                    new BackupProgressed(
                            job.id(),
                            job.request().sourceId(),
                            job.request().sourceName(),
                            job.attempt(),
                            progress.phase(),
                            progress.bytesWritten(),
                            progress.tablesDone(),
                            progress.tablesTotal()));
        });
    }

    /**
     * Publishes a backup. The seal happens under the row's lock: nobody can take the job over between the seal and the commit.
     *
     * @throws BackupException CANCELLED when somebody asked for that in time; nothing is sealed then
     */
    public void completed(Job run, Supplier<Completion> seal) {
        write(run, job -> {
            if (job.cancelRequested()) {
                throw BackupException.of(FailureCode.CANCELLED, "the backup was cancelled", "", Map.of());
            }
            Completion done = silence.during(seal);
            jobs.end(job.id(), JobState.COMPLETED, clock.instant(), done.published(), null);
            turns.pass(job);
            storeOutcome(
                    job,
                    new BackupCompleted(
                            job.id(),
                            job.request().sourceId(),
                            job.request().sourceName(),
                            job.attempt(),
                            done.published().directory().toString(),
                            done.published().artifacts(),
                            done.published().sizeBytes(),
                            done.duration(),
                            done.metadata()));
        });
    }

    /** Ends a run that failed. */
    public void failed(Job run, Failure failure, String logExcerpt) {
        write(run, job -> {
            jobs.end(job.id(), JobState.FAILED, clock.instant(), null, failure);
            turns.pass(job);
            storeOutcome(job, failed(job, failure, logExcerpt, false));
        });
    }

    /**
     * Queues a run again that failed for a reason which may pass by itself; one that somebody asked to stop meanwhile is cancelled.
     *
     * @return whether there is another attempt
     */
    public boolean setBack(Job run, Failure failure, String logExcerpt, Instant nextAttemptAt) {
        return queueAgain(run, job -> {
            jobs.countSetback(job.id());
            turns.again(job, nextAttemptAt);
            turns.pass(job);
            store(job, failed(job, failure, logExcerpt, true));
        });
    }

    /** Ends a run that somebody asked to stop. */
    public void cancelled(Job run) {
        write(run, this::cancel);
    }

    /**
     * Gives a run back that this worker can't finish because it stops; the next claim starts it from the beginning. One that somebody
     * asked to stop meanwhile is cancelled.
     *
     * @return whether it is queued
     */
    public boolean putBack(Job run) {
        return queueAgain(run, job -> {
            turns.again(job, clock.instant());
            turns.pass(job);
        });
    }

    /** Whether it was queued, and not cancelled instead. */
    private boolean queueAgain(Job run, Consumer<Job> change) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            jobs.oneDecidesOnCancelling(run.id());
            Job job = lockRunning(run);
            if (job.cancelRequested()) {
                cancel(job);
                return false;
            }
            change.accept(job);
            return true;
        }));
    }

    /**
     * Takes back what a run has sealed whose commit failed, but only where another attempt has made the backup without it: the next
     * one may adopt it yet, or has done so. Under the row's lock, so that nobody adopts it meanwhile.
     */
    public void withdraw(Job run, Path sealed, Runnable delete) {
        transaction.executeWithoutResult(status -> {
            if (!isNewest(run) && !isPublished(run, sealed)) {
                delete(delete);
            }
        });
    }

    /**
     * Takes back what lies sealed of a backup that goes on, or ends, without it: unless it is what was published after all, or another
     * attempt has the job, which looks for it itself. Under the row's lock, so that nobody adopts it meanwhile.
     */
    public void discard(Job run, Path sealed, Runnable delete) {
        transaction.executeWithoutResult(status -> {
            if (isNewest(run) && !isPublished(run, sealed)) {
                delete(delete);
            }
        });
    }

    /** Locks the job, too. */
    private boolean isNewest(Job run) {
        return jobs.lock(run.id()).filter(job -> job.attempt() == run.attempt()).isPresent();
    }

    private boolean isPublished(Job run, Path sealed) {
        return jobs.published(run.id())
                .filter(published -> published.directory().equals(sealed))
                .isPresent();
    }

    /** Many large files take their time to go. */
    private void delete(Runnable delete) {
        silence.during(() -> {
            delete.run();
            return true;
        });
    }

    /** Ends a job that nobody runs yet; inside the caller's transaction, which holds the job's lock. */
    void cancel(Job job) {
        jobs.end(job.id(), JobState.CANCELLED, clock.instant(), null, null);
        turns.pass(job);
        storeOutcome(
                job,
                new BackupCancelled(
                        job.id(), job.request().sourceId(), job.request().sourceName(), job.attempt()));
    }

    private static BackupFailed failed(Job job, Failure failure, String logExcerpt, boolean willRetry) {
        var request = job.request();
        return new BackupFailed(
                job.id(),
                request.sourceId(),
                request.sourceName(),
                job.attempt(),
                failure,
                logExcerpt,
                willRetry,
                request.parts());
    }

    private void write(Job run, Consumer<Job> change) {
        transaction.executeWithoutResult(status -> change.accept(lockRunning(run)));
    }

    private Job lockRunning(Job run) {
        return jobs.lock(run.id())
                .filter(row -> row.state() == JobState.RUNNING && row.attempt() == run.attempt())
                .orElseThrow(() -> new LeaseLost(run.id(), run.attempt()));
    }

    private void storeOutcome(Job job, BackupEvent event) {
        jobs.keepOutcome(job.id(), store(job, event));
    }

    private EventEnvelope store(Job job, BackupEvent event) {
        long sequence = Sequence.after(job.newestSequence(), clock);
        jobs.saw(job.id(), sequence);
        return outbox.store(event, sequence);
    }
}
