package dev.holdfast.worker.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Instant;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Puts jobs on the scheduler's table, in the transaction that makes them due. */
@Component
public class JobSchedule {
    /** The task that runs one requested attempt of a backup. */
    public static final TaskDescriptor<Void> RUN_BACKUP = TaskDescriptor.of("run-backup");

    private final ObjectProvider<Scheduler> schedulers;

    /** @param schedulers of the one there is; looked up late, because the scheduler's own tasks lead back here */
    JobSchedule(ObjectProvider<Scheduler> schedulers) {
        this.schedulers = schedulers;
    }

    void at(DueJob job, Instant time) {
        var scheduler = schedulers.getObject();
        scheduler.scheduleIfNotExists(RUN_BACKUP.instance(job.instance()).build(), time);
        // The scheduler looks at once by itself, but before the commit, when there is nothing to see yet.
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                scheduler.triggerCheckForDueExecutions();
            }
        });
    }
}
