package dev.holdfast.worker.run;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.job.JobLedger;
import dev.holdfast.worker.job.JobProgress;
import dev.holdfast.worker.job.Jobs;
import dev.holdfast.worker.job.LeaseLost;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Looks after one run twice a second: tells how far it is, and stops it when it is cancelled, too slow, in somebody's way or no longer ours. */
final class RunWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);
    private static final Duration PERIOD = Duration.ofMillis(400);
    private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(1);

    private final Run run;
    private final Jobs jobs;
    private final JobLedger ledger;
    private final GiveWay giveWay;
    private final RunSettings settings;
    private final ScheduledExecutorService timer;
    private final Stopwatch lasting;
    private final Stopwatch sinceTold;
    private final Stopwatch outOfTouch;
    private JobProgress told;

    private RunWatch(
            Run run, Jobs jobs, JobLedger ledger, GiveWay giveWay, RunSettings settings, LongSupplier nanoTime) {
        this.run = run;
        this.jobs = jobs;
        this.ledger = ledger;
        this.giveWay = giveWay;
        this.settings = settings;
        told = run.progress().now();
        lasting = Stopwatch.start(nanoTime);
        sinceTold = Stopwatch.start(nanoTime);
        outOfTouch = Stopwatch.start(nanoTime);
        // Three threads: a database that does not answer must not keep the limits from being looked at.
        timer = Executors.newScheduledThreadPool(
                3, Thread.ofVirtual().name("watch-" + run.job().id()).factory());
    }

    static RunWatch start(
            Run run, Jobs jobs, JobLedger ledger, GiveWay giveWay, RunSettings settings, LongSupplier nanoTime) {
        var watch = new RunWatch(run, jobs, ledger, giveWay, settings, nanoTime);
        watch.every(PERIOD, watch::beat);
        watch.every(PERIOD, watch::checkLimits);
        watch.every(giveWay.period(), giveWay::look);
        return watch;
    }

    /** Ends the watch; a beat under way is waited for, since it may hold the job's row. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(settings.leaseMargin().toMillis(), TimeUnit.MILLISECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
        giveWay.close();
    }

    void beat() {
        try {
            run.log().flush();
            var standing = jobs.standing(run.job().id());
            if (standing.isEmpty() || !standing.get().isRunning(run.job().attempt())) {
                loseLease();
            } else if (standing.get().cancelRequested()) {
                run.interrupt(
                        Run.Interruption.CANCELLED,
                        Failure.of(FailureCode.CANCELLED, "the backup was cancelled", "", Map.of()));
            } else {
                tellProgress();
            }
            outOfTouch.restart();
        } catch (LeaseLost e) {
            loseLease();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("the worker's database does not answer; the run goes on for a while: {}", e.getMessage());
        }
    }

    void checkLimits() {
        var total = settings.totalTimeout();
        if (outOfTouch.isBeyond(settings.leaseMargin())) {
            loseLease();
        } else if (run.progress().stalledFor().compareTo(settings.stallTimeout()) > 0) {
            timeOut(FailureCode.STALLED, "nothing was written for " + seconds(settings.stallTimeout()));
        } else if (total != null && lasting.isBeyond(total)) {
            timeOut(FailureCode.TIMED_OUT, "the backup took longer than " + seconds(total));
        }
    }

    private void tellProgress() {
        var now = run.progress().now();
        if (sinceTold.isBeyond(BETWEEN_EVENTS) && !now.equals(told)) {
            ledger.progressed(run.job(), now);
            told = now;
            sinceTold.restart();
        }
    }

    private void loseLease() {
        run.interrupt(Run.Interruption.LEASE_LOST, "another worker has taken this backup over");
    }

    private void timeOut(FailureCode code, String summary) {
        var activity = "select pid, state, wait_event_type, wait_event, query from pg_stat_activity"
                + " where application_name like 'holdfast%'";
        var source = run.request().connection();
        run.interrupt(
                Run.Interruption.TIMED_OUT,
                Failure.of(
                        code,
                        summary,
                        "phase " + run.progress().now().phase(),
                        Map.of(
                                "host", source.host(),
                                "port", Integer.toString(source.port()),
                                "database", source.database(),
                                "activity", activity)));
    }

    private void every(Duration period, Runnable look) {
        Runnable guarded = () -> {
            try (var mdc = MDC.putCloseable("backupId", run.job().id().toString())) {
                look.run();
            } catch (RuntimeException e) {
                // Thrown on, it would end the watch in silence.
                LOG.error("the watch over a run failed", e);
            }
        };
        timer.scheduleWithFixedDelay(guarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
