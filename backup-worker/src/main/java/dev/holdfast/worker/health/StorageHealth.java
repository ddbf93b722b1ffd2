package dev.holdfast.worker.health;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.advice.StorageAdvice;
import dev.holdfast.worker.job.JobHistory;
import dev.holdfast.worker.storage.BackupStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Knows whether backups can be written now, so that a broken volume shows before the nightly run does. */
@Component
public class StorageHealth {
    private static final Logger LOG = LoggerFactory.getLogger(StorageHealth.class);

    /**
     * What one run meets and every other one would meet too. The rest may be about that run alone, such as room for one large
     * database or one bad place on the disk: there the next look decides.
     */
    private static final Set<FailureCode> OF_THE_VOLUME = EnumSet.of(
            FailureCode.STORAGE_PERMISSION_DENIED,
            FailureCode.STORAGE_OPERATION_NOT_PERMITTED,
            FailureCode.STORAGE_READ_ONLY,
            FailureCode.STORAGE_LINK_LOOP,
            FailureCode.STORAGE_NOT_A_DIRECTORY,
            FailureCode.STORAGE_SYMBOLIC_LINK,
            FailureCode.STORAGE_STALE_HANDLE,
            FailureCode.STORAGE_MISSING);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BackupStore store;
    private final JobHistory jobs;
    private final StorageAdvice advice;
    private final StorageLedger ledger;
    private final AtomicReference<@Nullable Finding> newest = new AtomicReference<>();

    private final AtomicReference<@Nullable Instant> looking = new AtomicReference<>();
    private final Clock clock;

    private volatile Runnable onTrouble = () -> {};

    StorageHealth(
            BackupStore store,
            JobHistory jobs,
            StorageAdvice advice,
            StorageLedger ledger,
            MeterRegistry meters,
            Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.advice = advice;
        this.ledger = ledger;
        this.clock = clock;
        Gauge.builder("holdfast.storage.up", this, health -> health.isDown() || health.hangs() ? 0 : 1)
                .description("1 while a probe could be written where backups go, 0 while it could not")
                .register(meters);
    }

    /** Looks now, and has told what has changed. */
    public Optional<Failure> check() {
        var found = look();
        newest.set(new Finding(found));
        ledger.found(found, this::look);
        return found;
    }

    /** Takes note of a run's failure; one of the volume is told at once, since a later look may come after the repair. */
    public void runFailed(Failure failure) {
        if (!failure.code().name().startsWith("STORAGE_")) {
            return;
        }
        try {
            if (OF_THE_VOLUME.contains(failure.code())) {
                newest.set(new Finding(Optional.of(failure)));
                ledger.failed(failure);
            }
            onTrouble.run();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("the failed storage can't be told of now, the next look does that", e);
        }
    }

    /** What was found last; empty before the first look. */
    Optional<Finding> finding() {
        return Optional.ofNullable(newest.get());
    }

    boolean isDown() {
        return finding().flatMap(Finding::failure).isPresent();
    }

    /** Whether a look waits for an answer of the volume for too long, as it does where the server of a share is gone. */
    boolean hangs() {
        var since = looking.get();
        return since != null && since.plus(PATIENCE).isBefore(clock.instant());
    }

    void onTrouble(Runnable listener) {
        onTrouble = listener;
    }

    private Optional<Failure> look() {
        looking.set(clock.instant());
        try {
            store.check(jobs.sourceNames());
            return Optional.empty();
        } catch (BackupException e) {
            return Optional.of(advice.complete(e));
        } finally {
            looking.set(null);
        }
    }

    /** What a look has found: a failure, or that all is well. */
    record Finding(Optional<Failure> failure) {}
}
