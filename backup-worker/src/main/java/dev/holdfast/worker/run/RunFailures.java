package dev.holdfast.worker.run;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.advice.StorageAdvice;
import dev.holdfast.worker.health.StorageHealth;
import dev.holdfast.worker.job.JobLedger;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Ends runs that did not come through: finds the failure, has it say what to type here, and tells record, log and storage. */
@Component
class RunFailures {
    private static final Logger LOG = LoggerFactory.getLogger(RunFailures.class);

    /** All of a failure travels in an event, which may have 1 MiB; the backup's log has the whole. */
    private static final int LONGEST_DETAIL = 16 * 1024;

    private static final int LONGEST_SUMMARY = 2 * 1024;

    private final JobLedger ledger;
    private final Publisher publisher;
    private final Retries retries;
    private final StorageAdvice advice;
    private final StorageHealth storage;

    RunFailures(JobLedger ledger, Publisher publisher, Retries retries, StorageAdvice advice, StorageHealth storage) {
        this.ledger = ledger;
        this.publisher = publisher;
        this.retries = retries;
        this.advice = advice;
        this.storage = storage;
    }

    /**
     * Writes the run's outcome, or queues it again where the failure may pass by itself.
     *
     * @param error that decides, whatever interrupts the run from here on
     * @throws dev.holdfast.worker.job.LeaseLost when this attempt is no longer the running one
     */
    void end(Run run, RuntimeException error) {
        var whole = outcome(run, error);
        var failure = cut(whole);
        if (failure.code() == FailureCode.CANCELLED) {
            publisher.withdraw(run);
            ledger.cancelled(run.job());
            tellCancelled(run);
            return;
        }
        // The raw words first, as a tool would have left them; then what they mean.
        if (!whole.detail().isBlank()) {
            run.log().error(whole.detail());
        }
        run.log().error(failure.code() + ": " + failure.summary());
        retries.next(run.job(), failure).ifPresentOrElse(at -> setBack(run, failure, at), () -> fail(run, failure));
        storage.runFailed(failure);
    }

    /** Gives a run back that this worker can't finish because it stops. */
    void giveBack(Run run) {
        run.log().warn("this worker stops; the backup is queued again");
        if (!ledger.putBack(run.job())) {
            publisher.withdraw(run);
            tellCancelled(run);
        }
    }

    private void setBack(Run run, Failure failure, Instant at) {
        run.log().warn("this may pass by itself: the next attempt begins at " + at.truncatedTo(ChronoUnit.SECONDS));
        if (!ledger.setBack(run.job(), failure, run.log().excerpt(), at)) {
            publisher.withdraw(run);
            tellCancelled(run);
            return;
        }
        LOG.warn(
                "attempt {} of the backup of {} failed, the next begins at {}: {} {}",
                run.job().attempt(),
                run.request().sourceName(),
                at,
                failure.code(),
                failure.summary());
    }

    private static void tellCancelled(Run run) {
        run.log().warn("cancelled");
        LOG.info("backup of {} cancelled", run.request().sourceName());
    }

    private void fail(Run run, Failure failure) {
        publisher.withdrawOwn(run);
        ledger.failed(run.job(), failure, run.log().excerpt());
        LOG.warn("backup of {} failed: {} {}", run.request().sourceName(), failure.code(), failure.summary());
    }

    private Failure outcome(Run run, RuntimeException error) {
        if (error instanceof BackupException known) {
            return run.log().redaction().apply(advice.complete(known));
        }
        // As text, not as a throwable: a message deep in the chain may quote the password.
        LOG.error(
                "the backup met an unexpected error\n{}", run.log().redaction().apply(stackTrace(error)));
        return Failure.of(
                FailureCode.UNEXPECTED,
                "an unexpected error ended the backup",
                run.log().redaction().apply(error.toString()),
                Map.of());
    }

    private static Failure cut(Failure failure) {
        return new Failure(
                failure.code(),
                cut(failure.summary(), LONGEST_SUMMARY),
                failure.cause(),
                cut(failure.detail(), LONGEST_DETAIL),
                failure.remedies(),
                failure.retryable());
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end) + " ... and %d characters more".formatted(text.length() - end);
    }

    private static String stackTrace(Throwable e) {
        var text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
