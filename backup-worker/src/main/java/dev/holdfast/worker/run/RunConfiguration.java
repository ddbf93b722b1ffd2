package dev.holdfast.worker.run;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.worker.job.DueJob;
import dev.holdfast.worker.job.JobLogSettings;
import dev.holdfast.worker.job.JobSchedule;
import dev.holdfast.worker.job.Jobs;
import dev.holdfast.worker.job.LogLines;
import dev.holdfast.worker.job.Turns;
import dev.holdfast.worker.place.WorkerName;
import dev.holdfast.worker.storage.BackupStore;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ties the runs to the scheduler, whose rows are their leases (docs/adr/0005-accept-then-run.md). */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RunSettings.class, JobLogSettings.class})
class RunConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(RunConfiguration.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final Duration FORGET = Duration.ofHours(1);

    @Bean
    WorkerName workerName(RunSettings settings) {
        return WorkerName.of(settings.workerName());
    }

    /** A dead worker's execution is revived: its next claim takes the job over. */
    @Bean
    Task<Void> runBackup(RunSupervisor supervisor) {
        return Tasks.custom(JobSchedule.RUN_BACKUP)
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, complete.getTimeDone().plus(backOff(complete))))
                .onDeadExecutionRevive()
                .execute((instance, context) -> completion(supervisor.execute(DueJob.ofInstance(instance.getId()))));
    }

    /** A safeguard: a job that waits for nothing would wait for ever. */
    @Bean
    Task<Void> wakeForgotten(Turns turns) {
        return Tasks.recurring("wake-forgotten", FixedDelay.of(SWEEP))
                .execute((instance, context) -> turns.wakeForgotten());
    }

    /** Whoever has a volume full of backups needs no database full of their logs. */
    @Bean
    Task<Void> forgetLogs(LogLines lines, JobLogSettings settings, Clock clock) {
        return Tasks.recurring("forget-logs", FixedDelay.of(FORGET)).execute((instance, context) -> {
            int forgotten = lines.forget(clock.instant().minus(settings.keep()));
            if (forgotten > 0) {
                LOG.info("{} lines of logs were older than {} and are forgotten", forgotten, settings.keep());
            }
        });
    }

    /** Clears away what workers left in staging that died and did not come back. */
    @Bean
    Task<Void> sweepStaging(BackupStore store, Jobs jobs) {
        return Tasks.recurring("sweep-staging", FixedDelay.of(SWEEP))
                .execute((instance, context) -> sweep(store, jobs));
    }

    /** A broken volume is told by its health; the scheduler would tell it once more with each sweep. */
    private static void sweep(BackupStore store, Jobs jobs) {
        try {
            store.sweep(jobs::running);
        } catch (BackupException e) {
            LOG.info("staging is not swept now: {}", e.getMessage());
        }
    }

    private static CompletionHandler<Void> completion(RunResult result) {
        return switch (result) {
            case DONE -> new CompletionHandler.OnCompleteRemove<>();
            case AGAIN -> (complete, operations) -> operations.reschedule(complete, complete.getTimeDone());
            case LOST -> (complete, operations) -> {};
        };
    }

    /** An execution fails only when the worker's own database does: 2 s, 4 s, up to about a minute. */
    private static Duration backOff(ExecutionComplete complete) {
        int failures = complete.getExecution().consecutiveFailures;
        return FIRST_RETRY.multipliedBy(1L << Math.min(failures, 5));
    }
}
