package dev.holdfast.api.backup;

import dev.holdfast.api.source.Source;
import dev.holdfast.common.event.BackupCancelRequested;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.messaging.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** What the catalogue tells the worker; always in the transaction that changes the backup's row. */
@Component
class BackupOrders {
    private static final Logger LOG = LoggerFactory.getLogger(BackupOrders.class);

    private final Outbox outbox;
    private final UnheardBackups unheard;

    BackupOrders(Outbox outbox, UnheardBackups unheard) {
        this.outbox = outbox;
        this.unheard = unheard;
    }

    void request(Backup backup, Source source, long sequence) {
        unheard.told(backup.id(), outbox.store(requested(backup, source), sequence));
        log(backup, "backup of {} is requested, attempt {}; a worker will take it");
    }

    /** Makes the newest request again, as the same event where that is known: a worker that has it passes it over. */
    void requestAgain(UnheardBackup lost, Source source) {
        var backup = lost.backup();
        var event = lost.request();
        long sequence = backup.course().requested();
        if (event == null) {
            unheard.told(backup.id(), outbox.store(requested(backup, source), sequence));
        } else {
            outbox.storeAgain(event.id(), event.time(), requested(backup, source), sequence);
        }
        log(backup, "the worker never got the request for a backup of {}, attempt {}: it is made again");
    }

    void cancel(Backup backup, long sequence) {
        outbox.store(
                new BackupCancelRequested(
                        backup.id(),
                        backup.sourceId(),
                        backup.sourceName(),
                        backup.course().attempt()),
                sequence);
        log(backup, "backup of {} is to be cancelled, attempt {}; the worker will stop it");
    }

    private static BackupRequested requested(Backup backup, Source source) {
        return new BackupRequested(
                backup.id(),
                backup.sourceId(),
                backup.sourceName(),
                backup.course().attempt(),
                backup.name(),
                backup.description(),
                backup.type(),
                backup.includeMedia(),
                source.mediaPaths(),
                source.resolvableConnection(),
                source.sealedPassword(),
                backup.app());
    }

    private static void log(Backup backup, String message) {
        try (var ignored = MDC.putCloseable("backupId", backup.id().toString())) {
            LOG.info(message, backup.sourceName(), backup.course().attempt());
        }
    }
}
