package dev.holdfast.worker.run;

import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.worker.dump.DumpListener;
import dev.holdfast.worker.job.JobProgress;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How far a run has come: written by whoever does the work, read by the watch. */
final class RunProgress implements DumpListener {
    private final Stopwatch still;
    private JobProgress now = new JobProgress(BackupPhase.PREFLIGHT, 0, 0, 0);
    private long bytesBefore;

    RunProgress(LongSupplier nanoTime) {
        still = Stopwatch.start(nanoTime);
    }

    synchronized JobProgress enter(BackupPhase phase) {
        bytesBefore = now.bytesWritten();
        now = new JobProgress(phase, now.bytesWritten(), now.tablesDone(), now.tablesTotal());
        still.restart();
        return now;
    }

    synchronized void expectTables(int total) {
        now = new JobProgress(now.phase(), now.bytesWritten(), now.tablesDone(), total);
    }

    /** Bytes count from the start of the phase. */
    @Override
    public synchronized void progressed(long bytesWritten, int tablesDone) {
        move(bytesBefore + bytesWritten, Math.max(tablesDone, now.tablesDone()));
    }

    synchronized void archived(long bytesWritten) {
        move(bytesBefore + bytesWritten, now.tablesDone());
    }

    synchronized JobProgress now() {
        return now;
    }

    /** How long nothing has moved, in a phase that reports what it does; zero in the others. */
    synchronized Duration stalledFor() {
        return switch (now.phase()) {
            case DUMP, MEDIA -> still.elapsed();
            case PREFLIGHT, VERIFY, SEAL -> Duration.ZERO;
        };
    }

    private void move(long bytes, int tables) {
        if (bytes > now.bytesWritten() || tables > now.tablesDone()) {
            now = new JobProgress(
                    now.phase(), Math.max(bytes, now.bytesWritten()), tables, Math.max(tables, now.tablesTotal()));
            still.restart();
        }
    }
}
