package dev.holdfast.api.backup;

import dev.holdfast.api.live.LiveFeed;
import dev.holdfast.common.event.AlertEvent;
import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.SourceDeleted;
import dev.holdfast.common.event.StorageEvent;
import dev.holdfast.common.messaging.Inbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets the catalogue follow what happens, and passes it on to whoever watches. */
@Service
class RecordEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RecordEvents.class);

    private final Inbox inbox;
    private final Backups backups;
    private final UntoldOutcomes untold;
    private final StorageOutages outages;
    private final LiveFeed feed;
    private final Counter unknownBackups;

    RecordEvents(
            Inbox inbox,
            Backups backups,
            UntoldOutcomes untold,
            StorageOutages outages,
            LiveFeed feed,
            MeterRegistry meters) {
        this.inbox = inbox;
        this.backups = backups;
        this.untold = untold;
        this.outages = outages;
        this.feed = feed;
        this.unknownBackups = Counter.builder("holdfast.catalogue.unknown.backups")
                .description("events of backups that this catalogue does not have")
                .register(meters);
    }

    /** Records an event once, whenever and however often it comes. */
    @Transactional
    public void record(EventEnvelope event) {
        if (!inbox.firstDelivery(event.id())) {
            return;
        }
        switch (event.data()) {
            case BackupEvent data -> follow(data, event);
            case SourceDeleted own -> {}
            case StorageEvent storage -> outages.record(storage, event.time());
            case AlertEvent alert -> {}
        }
        feed.append(event);
    }

    private void follow(BackupEvent data, EventEnvelope event) {
        try (var ignored = MDC.putCloseable("backupId", event.subject())) {
            backups.lock(data.backupId()).ifPresentOrElse(backup -> follow(backup, data, event), () -> passOver(event));
        }
    }

    private void follow(Backup backup, BackupEvent data, EventEnvelope event) {
        var before = backup.course();
        var after = before.after(event);
        if (after.equals(before)) {
            return;
        }
        backups.update(backup.id(), after);
        var outcome = after.outcome();
        if (outcome != null && !outcome.equals(before.outcome())) {
            untold.add(event, data);
        }
        if (after.status() != before.status()) {
            LOG.info(
                    "backup of {} is {} now, attempt {}",
                    backup.sourceName(),
                    after.status().wireName(),
                    after.attempt());
        }
    }

    private void passOver(EventEnvelope event) {
        unknownBackups.increment();
        LOG.warn(
                "{} of a backup that is not in the catalogue is passed over",
                event.type().wireName());
    }
}
