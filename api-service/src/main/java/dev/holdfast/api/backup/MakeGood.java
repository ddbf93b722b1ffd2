package dev.holdfast.api.backup;

import dev.holdfast.api.source.Sources;
import dev.holdfast.common.id.BackupId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes again what the worker does not have of a backup, once it has been asked. Does nothing where the backup was heard of while
 * the worker answered.
 */
@Service
class MakeGood {
    private static final Logger LOG = LoggerFactory.getLogger(MakeGood.class);

    private final UnheardBackups unheard;
    private final Sources sources;
    private final BackupOrders orders;
    private final Clock clock;

    MakeGood(UnheardBackups unheard, Sources sources, BackupOrders orders, Clock clock) {
        this.unheard = unheard;
        this.sources = sources;
        this.orders = orders;
        this.clock = clock;
    }

    /** The worker has it: it runs, or is to, or the news of its end is on its way. A wish to cancel may be lost all the same. */
    @Transactional
    public void known(BackupId id, Instant before) {
        asked(id, before).map(UnheardBackup::backup).ifPresent(this::cancelAgain);
    }

    /** The worker never got the request. */
    @Transactional
    public void unknown(BackupId id, Instant before) {
        asked(id, before)
                .ifPresent(lost -> sources.keep(lost.backup().sourceId())
                        .ifPresentOrElse(
                                source -> {
                                    orders.requestAgain(lost, source);
                                    cancelAgain(lost.backup());
                                },
                                () -> passOver(lost.backup())));
    }

    /** Nobody knows what the worker has: that is no reason to ask about it again and again before others. */
    @Transactional
    public void unclear(BackupId id, Instant before) {
        asked(id, before);
    }

    private Optional<UnheardBackup> asked(BackupId id, Instant before) {
        var locked = unheard.lock(id, before);
        locked.ifPresent(one -> unheard.asked(id, clock.instant()));
        return locked;
    }

    private void cancelAgain(Backup backup) {
        if (backup.course().isCancelAsked()) {
            orders.cancel(backup, backup.course().cancelAsked());
        }
    }

    private static void passOver(Backup backup) {
        LOG.warn(
                "the worker never got the request for a backup of {}, and it can't be made again: the source is gone",
                backup.sourceName());
    }
}
