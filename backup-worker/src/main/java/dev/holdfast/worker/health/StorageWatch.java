package dev.holdfast.worker.health;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Looks at the volume from start to end, on a thread of its own: a share whose server is gone may hold up whoever touches it for
 * minutes, and the worker has to start and to answer all the same.
 */
@Component
class StorageWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(StorageWatch.class);

    private final StorageHealth health;
    private final StorageLedger ledger;
    private final HealthSettings settings;
    private final Semaphore trouble = new Semaphore(0);

    private volatile @Nullable Thread watching;

    StorageWatch(StorageHealth health, StorageLedger ledger, HealthSettings settings) {
        this.health = health;
        this.ledger = ledger;
        this.settings = settings;
        health.onTrouble(trouble::release);
    }

    @Override
    public void start() {
        var thread = Thread.ofPlatform().name("holdfast-storage-watch").daemon().unstarted(this::watch);
        watching = thread;
        thread.start();
    }

    /** Never by an interrupt: that would fail the probe that is being written, and be told as an outage. */
    @Override
    public void stop() {
        watching = null;
        trouble.release();
        try {
            ledger.abandon();
        } catch (DataAccessException e) {
            LOG.debug("the outage is not handed over; others take it over by themselves", e);
        }
    }

    @Override
    public boolean isRunning() {
        return watching != null;
    }

    /** After the outbox relay, so that it stops before it. */
    @Override
    public int getPhase() {
        return 1;
    }

    private void watch() {
        try {
            while (Thread.currentThread().equals(watching)) {
                look();
                pause();
            }
        } catch (InterruptedException e) {
            LOG.debug("the watch over the storage ends", e);
        }
    }

    private void look() {
        try {
            health.check();
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("the state of the storage can't be stored now, the next look does that", e);
        } catch (RuntimeException e) {
            LOG.error("the look at the storage met an unexpected error", e);
        }
    }

    /** A failed run shortens a long pause to a short one: what it left behind is being cleared away meanwhile. */
    private void pause() throws InterruptedException {
        var pause = health.isDown() ? settings.recheckEvery() : settings.checkEvery();
        if (trouble.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS) && isRunning()) {
            trouble.drainPermits();
            trouble.tryAcquire(settings.recheckEvery().toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
