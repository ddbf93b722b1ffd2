package dev.holdfast.api.backup;

import dev.holdfast.api.source.Source;
import dev.holdfast.api.source.Sources;
import dev.holdfast.common.id.BackupId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Requests each stranded backup once more, so that nobody has to click after a repair. In a transaction of its own, so hundreds of
 * them hold up nothing; whatever a crash or a locked row leaves over is still stranded at the next look.
 */
@Service
class RerunAfterRepair {
    private static final Logger LOG = LoggerFactory.getLogger(RerunAfterRepair.class);
    private static final int AT_A_TIME = 200;

    private final StrandedBackups stranded;
    private final Sources sources;
    private final RepeatBackup repeat;
    private final TransactionOperations transaction;

    RerunAfterRepair(
            StrandedBackups stranded, Sources sources, RepeatBackup repeat, TransactionOperations transaction) {
        this.stranded = stranded;
        this.sources = sources;
        this.repeat = repeat;
        this.transaction = transaction;
    }

    @Scheduled(fixedDelayString = "PT1S")
    void look() {
        try {
            for (var id : stranded.oldest(AT_A_TIME)) {
                transaction.executeWithoutResult(status -> rerun(id));
            }
        } catch (DataAccessException | TransactionException e) {
            // Readiness and every request tell of an outage of the database; once a second is too often to say it here.
            LOG.debug("stranded backups can't be looked for now, the next look is in a second", e);
        }
    }

    private void rerun(BackupId id) {
        try (var ignored = MDC.putCloseable("backupId", id.toString())) {
            stranded.lock(id)
                    .ifPresent(backup -> sources.keep(backup.sourceId())
                            .ifPresentOrElse(source -> rerun(backup, source), () -> passOver(backup, "is gone")));
        }
    }

    private void rerun(Backup backup, Source source) {
        if (source.paused()) {
            passOver(backup, "is paused");
            return;
        }
        var again = repeat.again(backup, source);
        stranded.settle(backup.id());
        LOG.info(
                "the storage is repaired: backup of {} runs again by itself, attempt {}",
                again.sourceName(),
                again.course().attempt());
    }

    private void passOver(Backup backup, String why) {
        stranded.settle(backup.id());
        LOG.info("the storage is repaired, but the source {} {}: its backup stays failed", backup.sourceName(), why);
    }
}
