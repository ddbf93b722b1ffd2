package dev.holdfast.worker.step;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a running backup to stop, and why: it was cancelled, it ran out of time, or it lost its lease. The first reason stays. */
public final class StopSignal {
    private final List<Runnable> hooks = new ArrayList<>();
    private @Nullable Failure reason;

    /** Stops the run; each hook is run once, on this thread. Later calls change nothing. */
    public void stop(Failure why) {
        List<Runnable> toRun;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            toRun = List.copyOf(hooks);
            hooks.clear();
        }
        toRun.forEach(Runnable::run);
    }

    /**
     * Throws where the run was told to stop; called between steps and inside long loops.
     *
     * @throws BackupException with the reason
     */
    public void check() {
        Failure why;
        synchronized (this) {
            why = reason;
        }
        if (why != null) {
            throw new BackupException(why);
        }
    }

    public synchronized boolean stopped() {
        return reason != null;
    }

    /**
     * Registers what has to happen on a stop, such as ending a process; runs it at once if the run is stopped already.
     *
     * @return takes the hook back; close it when the step is over
     */
    public Hook onStop(Runnable hook) {
        boolean runNow;
        synchronized (this) {
            runNow = reason != null;
            if (!runNow) {
                hooks.add(hook);
            }
        }
        if (runNow) {
            hook.run();
        }
        return () -> {
            synchronized (this) {
                hooks.remove(hook);
            }
        };
    }

    /** A registered hook. */
    @FunctionalInterface
    public interface Hook extends AutoCloseable {
        @Override
        void close();
    }
}
