package dev.holdfast.worker.health;

import dev.holdfast.common.event.Sequence;
import dev.holdfast.common.event.StorageEvent;
import dev.holdfast.common.event.StorageFailed;
import dev.holdfast.common.event.StorageRecovered;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.messaging.Outbox;
import dev.holdfast.worker.place.WorkerName;
import dev.holdfast.worker.storage.BackupStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes when an outage of the volume begins, changes and ends: the row and its event in one transaction, under the row's lock.
 * Only the worker that noticed an outage may end it, so that two workers that see different things do not take turns.
 */
@Component
class StorageLedger {
    private static final Logger LOG = LoggerFactory.getLogger(StorageLedger.class);

    private final HealthRows rows;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String root;
    private final String worker;

    StorageLedger(
            HealthRows rows,
            Outbox outbox,
            PlatformTransactionManager transactions,
            BackupStore store,
            WorkerName worker,
            Clock clock) {
        this.rows = rows;
        this.outbox = outbox;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.root = store.root().toString();
        this.worker = worker.value();
    }

    /**
     * Brings the row in line with what was found.
     *
     * @param lookAgain called under the row's lock before anything is told: what was found may be older than what another worker
     *     has written meanwhile
     */
    void found(Optional<Failure> failure, Supplier<Optional<Failure>> lookAgain) {
        var known = rows.outage(root);
        if (!changes(known, failure)) {
            known.filter(outage -> failure.isPresent() && outage.isFor(worker))
                    .ifPresent(outage -> rows.seen(root, worker));
            return;
        }
        transaction.executeWithoutResult(status -> {
            long sequence = rows.lock(root);
            var now = lookAgain.get();
            var outage = rows.outage(root);
            if (changes(outage, now)) {
                now.ifPresentOrElse(
                        reason -> failed(outage, reason, sequence), () -> recovered(outage.orElseThrow(), sequence));
            }
        });
    }

    /** Begins an outage that a run has met; where there is one already, the next look decides about it. */
    void failed(Failure failure) {
        transaction.executeWithoutResult(status -> {
            long sequence = rows.lock(root);
            if (rows.outage(root).isEmpty()) {
                failed(Optional.empty(), failure, sequence);
            }
        });
    }

    void abandon() {
        rows.abandon(root, worker);
    }

    private boolean changes(Optional<Outage> known, Optional<Failure> found) {
        return known.map(outage -> outage.isFor(worker)
                        && found.map(failure -> failure.code() != outage.code()).orElse(true))
                .orElse(found.isPresent());
    }

    private void failed(Optional<Outage> known, Failure failure, long sequence) {
        // As the database keeps it, so that all events of an outage tell the same instant.
        Instant since = known.map(Outage::since).orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MICROS));
        long next = Sequence.after(sequence, clock);
        rows.down(root, worker, since, failure, next);
        store(new StorageFailed(worker, root, since, failure), next);
        LOG.error(
                "no backup can be written to {}: {} {}; backups fail until that is repaired, and this worker looks"
                        + " again all the time",
                root,
                failure.code(),
                failure.summary());
    }

    private void recovered(Outage outage, long sequence) {
        long next = Sequence.after(sequence, clock);
        rows.up(root, next);
        store(new StorageRecovered(worker, root, outage.since(), outage.code()), next);
        LOG.info("backups can be written to {} again, after {} since {}", root, outage.code(), outage.since());
    }

    private void store(StorageEvent event, long sequence) {
        outbox.store(event, sequence);
    }
}
