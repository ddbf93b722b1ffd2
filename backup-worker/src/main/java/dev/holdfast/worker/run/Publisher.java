package dev.holdfast.worker.run;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.worker.job.Completion;
import dev.holdfast.worker.job.JobLedger;
import dev.holdfast.worker.job.LogLines;
import dev.holdfast.worker.job.PublishedBackup;
import dev.holdfast.worker.storage.BackupStore;
import dev.holdfast.worker.storage.Manifest;
import dev.holdfast.worker.storage.SealedBackup;
import dev.holdfast.worker.storage.StorageErrors;
import dev.holdfast.worker.verify.ArtifactCheck;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Brings a run's files to their final place, at most once per backup however often workers die on the way. */
@Component
class Publisher {
    private static final String LOG_FILE = "backup.log";

    private final BackupStore store;
    private final ArtifactCheck check;
    private final JobLedger ledger;
    private final LogLines lines;
    private final Clock clock;

    Publisher(BackupStore store, ArtifactCheck check, JobLedger ledger, LogLines lines, Clock clock) {
        this.store = store;
        this.check = check;
        this.ledger = ledger;
        this.lines = lines;
        this.clock = clock;
    }

    void stage(Run run) {
        run.stop().check();
        run.staging(store.stage(run.job().id(), run.job().attempt()));
    }

    /** Writes the log so far beside the dump, so that it is hashed and listed like every other file. */
    void writeLog(Run run) {
        run.log().flush();
        var file = run.staging().directory().resolve(LOG_FILE);
        try (var writer = Files.newBufferedWriter(file)) {
            lines.write(run.job().id(), writer);
        } catch (UncheckedIOException e) {
            throw StorageErrors.classify(Objects.requireNonNull(e.getCause()), file);
        } catch (IOException e) {
            throw StorageErrors.classify(e, file);
        }
    }

    /** Done before the seal, which holds the job's row: an fsync of many gigabytes takes minutes. */
    void flush(Run run) {
        store.flush(run.staging());
    }

    void sealAndPublish(Run run, List<Artifact> artifacts) {
        try {
            ledger.completed(run.job(), () -> {
                var manifest = manifest(run, artifacts);
                var directory = store.seal(run.staging(), run.request().sourceName(), run.startedAt(), manifest);
                var sealed = new SealedBackup(directory, manifest);
                run.sealed(sealed);
                return completion(sealed);
            });
        } catch (DataAccessException | TransactionException e) {
            withdrawIfTakenOver(run);
            throw e;
        }
    }

    /** Takes back what lies sealed of a backup that is cancelled. What can't be deleted is told, and keeps no backup from ending. */
    void withdraw(Run run) {
        var sealed = run.sealed();
        if (sealed != null) {
            discardIfPossible(run, sealed);
            run.sealed(null);
        }
    }

    /**
     * The same for a backup that fails, but for what an earlier attempt had sealed and could not be read back: a volume that refuses
     * now is no reason to delete what may be whole.
     */
    void withdrawOwn(Run run) {
        var sealed = run.sealed();
        if (sealed == null || sealed.manifest().attempt() == run.job().attempt()) {
            withdraw(run);
        } else {
            run.log()
                    .warn(
                            "%s, which attempt %d had sealed, could not be read back; it stays until the backup is tried again"
                                    .formatted(sealed.path(), sealed.manifest().attempt()));
        }
    }

    /**
     * Publishes what an earlier attempt of the same request had sealed when its worker died, if it is still whole. What else lies
     * sealed of this backup is taken back: what is not whole, what was cancelled, and what is of an earlier request, whose data is
     * older than anybody would take it for.
     *
     * @return whether the backup is complete by that
     */
    boolean adoptSealed(Run run) {
        var left =
                new ArrayDeque<>(store.findSealed(run.job().id(), run.request().sourceName()));
        while (!left.isEmpty()) {
            var sealed = left.removeFirst();
            if (sealed.manifest().attempt() < run.job().requestedAttempt()) {
                discard(run, sealed);
            } else if (adopt(run, sealed)) {
                left.forEach(other -> discardIfPossible(run, other));
                return true;
            }
        }
        return false;
    }

    private boolean adopt(Run run, SealedBackup sealed) {
        run.sealed(sealed);
        boolean whole = !run.job().cancelRequested()
                && check.unchanged(sealed.path(), sealed.manifest().artifacts(), run.stop());
        if (!whole) {
            discard(run, sealed);
            run.sealed(null);
            return false;
        }
        try {
            ledger.completed(run.job(), () -> completion(stillSealed(run, sealed)));
        } catch (Withdrawn e) {
            run.sealed(null);
            return false;
        }
        run.log()
                .info("attempt %d had sealed it: %s".formatted(sealed.manifest().attempt(), sealed.path()));
        return true;
    }

    private void discard(Run run, SealedBackup sealed) {
        run.log()
                .info("deleting %s, which attempt %d had sealed"
                        .formatted(sealed.path(), sealed.manifest().attempt()));
        ledger.discard(run.job(), sealed.path(), () -> store.delete(sealed));
    }

    private void discardIfPossible(Run run, SealedBackup sealed) {
        try {
            discard(run, sealed);
        } catch (BackupException | DataAccessException | TransactionException e) {
            run.log()
                    .error("%s is no backup, and could not be deleted: %s; delete it by hand"
                            .formatted(sealed.path(), e.getMessage()));
        }
    }

    /** Whoever had sealed it may have woken up and taken it back, until this run has the job's row. */
    private SealedBackup stillSealed(Run run, SealedBackup sealed) {
        return store.findSealed(run.job().id(), run.request().sourceName()).stream()
                .filter(found -> found.path().equals(sealed.path()))
                .findFirst()
                .orElseThrow(Withdrawn::new);
    }

    /** The commit failed, or its answer was lost: another worker may have the job by now and make an artifact of its own. */
    private void withdrawIfTakenOver(Run run) {
        var sealed = run.sealed();
        if (sealed != null) {
            ledger.withdraw(run.job(), sealed.path(), () -> store.delete(sealed));
        }
    }

    private static Completion completion(SealedBackup sealed) {
        var manifest = sealed.manifest();
        var lasted = Duration.between(manifest.startedAt(), manifest.sealedAt());
        return new Completion(
                new PublishedBackup(sealed.path(), manifest.artifacts()),
                // Somebody may have set the clock back meanwhile.
                lasted.isNegative() ? Duration.ZERO : lasted,
                manifest.metadata());
    }

    private Manifest manifest(Run run, List<Artifact> artifacts) {
        var request = run.request();
        return new Manifest(
                1,
                request.backupId(),
                request.sourceId(),
                request.sourceName(),
                request.name(),
                request.description(),
                request.type(),
                run.job().attempt(),
                run.includesDatabase() ? request.connection() : null,
                run.job().requestedAt(),
                run.startedAt(),
                clock.instant(),
                artifacts,
                metadata(run),
                "none");
    }

    private static BackupMetadata metadata(Run run) {
        var app = run.request().metadata();
        var target = run.target();
        return target == null ? new BackupMetadata(null, null, 0, Map.of(), Map.of(), app) : target.metadata(app);
    }

    /** What was to be adopted is not there any more. */
    private static final class Withdrawn extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;
    }
}
