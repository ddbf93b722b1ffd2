package dev.holdfast.worker.job;

import dev.holdfast.common.event.AlertEvent;
import dev.holdfast.common.event.BackupCancelRequested;
import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupProgressed;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.SourceDeleted;
import dev.holdfast.common.event.StorageEvent;
import dev.holdfast.common.messaging.Inbox;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Accepts requests as durable jobs. Never runs one: a dump outlives the broker's patience with a delivery. */
@Component
class JobIntake {
    private static final Logger LOG = LoggerFactory.getLogger(JobIntake.class);

    private final Inbox inbox;
    private final Jobs jobs;
    private final JobLedger ledger;
    private final JobSchedule schedule;
    private final Clock clock;

    JobIntake(Inbox inbox, Jobs jobs, JobLedger ledger, JobSchedule schedule, Clock clock) {
        this.inbox = inbox;
        this.jobs = jobs;
        this.ledger = ledger;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Takes one event in; an exception means that it is not accepted, and the broker delivers it again. */
    @Transactional
    public void accept(EventEnvelope envelope) {
        try (var mdc = MDC.putCloseable("backupId", envelope.subject())) {
            if (!inbox.firstDelivery(envelope.id())) {
                return;
            }
            switch (envelope.data()) {
                case BackupRequested request -> admit(request, envelope);
                case BackupCancelRequested cancel -> cancel(cancel, envelope);
                case BackupStarted own -> {}
                case BackupProgressed own -> {}
                case BackupCompleted own -> {}
                case BackupFailed own -> {}
                case BackupCancelled own -> {}
                case SourceDeleted deleted -> {}
                case StorageEvent own -> {}
                case AlertEvent told -> {}
            }
        }
    }

    private void admit(BackupRequested request, EventEnvelope envelope) {
        jobs.oneDecidesOnCancelling(request.backupId());
        if (!jobs.admit(request, envelope.time(), envelope.sequence())) {
            LOG.info("request for attempt {} changes nothing: that attempt is known already", request.attempt());
            return;
        }
        Job job = jobs.lock(request.backupId()).orElseThrow();
        if (job.cancelRequested()) {
            ledger.cancel(job);
            LOG.info("backup of {} was cancelled before its request came", request.sourceName());
            return;
        }
        schedule.at(new DueJob(job.id(), job.requestedAttempt(), job.turn()), clock.instant());
        LOG.info(
                "backup of {} accepted, attempt {}; it runs as soon as a worker is free",
                request.sourceName(),
                job.attempt());
    }

    private void cancel(BackupCancelRequested cancel, EventEnvelope envelope) {
        jobs.oneDecidesOnCancelling(cancel.backupId());
        jobs.requestCancel(cancel.backupId(), cancel.attempt(), envelope.sequence());
        // A running job is not waited for: it sees the row itself, and its lock may be held for the length of a seal.
        if (jobs.standing(cancel.backupId())
                .filter(job -> job.state() == JobState.QUEUED)
                .isEmpty()) {
            return;
        }
        jobs.lock(cancel.backupId())
                .filter(job -> job.state() == JobState.QUEUED && job.cancelRequested())
                .ifPresent(ledger::cancel);
    }
}
