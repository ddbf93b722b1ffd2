package dev.holdfast.worker.run;

import dev.holdfast.common.event.BackupPart;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.job.Job;
import dev.holdfast.worker.job.JobLedger;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.SealedBackup;
import dev.holdfast.worker.storage.Staging;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One attempt while it runs: the claimed job, and what its steps share. */
final class Run {
    /** Why a run is stopped from outside; the first reason stays. */
    enum Interruption {
        CANCELLED,
        TIMED_OUT,
        MADE_WAY,
        LEASE_LOST,
        SHUTTING_DOWN
    }

    /** What has interrupted a run, and the failure that this is where the backup ends by it. */
    record Interrupted(Interruption why, Failure reason) {}

    private final Job job;
    private final JobLedger ledger;
    private final JobLog log;
    private final RunProgress progress;
    private final StopSignal stop = new StopSignal();
    private final AtomicReference<@Nullable Interrupted> interrupted = new AtomicReference<>();
    private volatile @Nullable BackupTarget target;
    private @Nullable Staging staging;
    private @Nullable SealedBackup sealed;

    Run(Job job, JobLedger ledger, JobLog log, RunProgress progress) {
        this.job = job;
        this.ledger = ledger;
        this.log = log;
        this.progress = progress;
    }

    /** Opens the next phase: the place where a stop is noticed between steps, and where others see that there is one. */
    void enter(BackupPhase phase) {
        stop.check();
        ledger.progressed(job, progress.enter(phase));
    }

    void interrupt(Interruption why, Failure reason) {
        if (interrupted.compareAndSet(null, new Interrupted(why, reason))) {
            stop.stop(reason);
        }
    }

    /** For an interruption that has no failure of its own: the run ends, the backup goes on elsewhere. */
    void interrupt(Interruption why, String summary) {
        interrupt(why, Failure.of(FailureCode.CANCELLED, summary, "", Map.of()));
    }

    /** Set before the run's steps notice. */
    @Nullable
    Interrupted interrupted() {
        return interrupted.get();
    }

    void target(BackupTarget reached) {
        target = reached;
    }

    /** The database; none before it was reached, and for a backup of media alone. */
    @Nullable
    BackupTarget target() {
        return target;
    }

    void staging(Staging made) {
        staging = made;
    }

    Staging staging() {
        return Objects.requireNonNull(staging);
    }

    /** Deletes what the run has written; harmless when it has written nothing or has been sealed. */
    void discard() {
        if (staging != null) {
            staging.discard();
        }
    }

    /** What this attempt has sealed, or found sealed; null once it is gone. */
    void sealed(@Nullable SealedBackup untold) {
        sealed = untold;
    }

    @Nullable
    SealedBackup sealed() {
        return sealed;
    }

    boolean includesDatabase() {
        return request().parts().contains(BackupPart.DATABASE);
    }

    /** The media directories to take along; none where the request wants no media. */
    List<Path> mediaRoots() {
        return request().parts().contains(BackupPart.MEDIA)
                ? request().mediaPaths().stream().map(Path::of).toList()
                : List.of();
    }

    Job job() {
        return job;
    }

    BackupRequested request() {
        return job.request();
    }

    Instant startedAt() {
        return Objects.requireNonNull(job.startedAt());
    }

    JobLog log() {
        return log;
    }

    RunProgress progress() {
        return progress;
    }

    StopSignal stop() {
        return stop;
    }
}
