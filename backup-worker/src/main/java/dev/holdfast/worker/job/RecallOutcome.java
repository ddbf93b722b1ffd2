package dev.holdfast.worker.job;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.messaging.Outbox;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells the end of a job once more to whoever has lost it: a queue that somebody deletes takes its messages along. It is the same
 * event with the same id, so whoever has it already passes it over.
 */
@Component
public class RecallOutcome {
    private static final Logger LOG = LoggerFactory.getLogger(RecallOutcome.class);

    private final Jobs jobs;
    private final Outbox outbox;
    private final TransactionTemplate transaction;

    RecallOutcome(Jobs jobs, Outbox outbox, PlatformTransactionManager transactions) {
        this.jobs = jobs;
        this.outbox = outbox;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Publishes the end of a job again, where it has ended.
     *
     * @param attempt that is known to have been asked for
     * @return where the job is; empty when no request for that attempt has come, so that it has to be made again
     */
    public Optional<JobState> recall(BackupId id, int attempt) {
        var standing = jobs.standing(id).filter(job -> job.attempt() >= attempt).map(JobStanding::state);
        // The row of a running one may be locked for the length of a seal.
        return standing.filter(JobState::ended).isPresent() ? recallEnded(id) : standing;
    }

    private Optional<JobState> recallEnded(BackupId id) {
        return transaction.execute(status -> {
            var job = jobs.lock(id);
            job.filter(row -> row.state().ended()).ifPresent(this::tellAgain);
            return job.map(Job::state);
        });
    }

    private void tellAgain(Job job) {
        try (var mdc = MDC.putCloseable("backupId", job.id().toString())) {
            jobs.keptOutcome(job.id())
                    .ifPresentOrElse(
                            this::tellAgain, () -> LOG.warn("""
                            how the backup of {} ended is to be told again, but it ended before such events were kept; its state \
                            is {}""", job.request().sourceName(), job.state()));
        }
    }

    private void tellAgain(EventEnvelope told) {
        outbox.storeAgain(told.id(), told.time(), told.data(), told.sequence());
        LOG.info("{} is published again: somebody has lost it", told.type().wireName());
    }
}
