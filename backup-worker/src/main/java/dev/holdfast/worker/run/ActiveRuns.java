package dev.holdfast.worker.run;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The runs of this worker, so that all of them can be told to let go. */
@Component
class ActiveRuns {
    private final Set<Run> runs = new HashSet<>();
    private boolean draining;

    ActiveRuns(MeterRegistry meters) {
        meters.gauge("holdfast.runs.active", this, ActiveRuns::count);
    }

    /** Adds a run; one that comes after {@link #drain} is interrupted at once. */
    synchronized void add(Run run) {
        runs.add(run);
        if (draining) {
            interrupt(run);
        }
    }

    synchronized void remove(Run run) {
        runs.remove(run);
        notifyAll();
    }

    synchronized boolean draining() {
        return draining;
    }

    /** Interrupts every run and waits until they have let go; returns after the time given in any case. */
    synchronized void drain(Duration patience) {
        draining = true;
        runs.forEach(ActiveRuns::interrupt);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!runs.isEmpty() && deadline - System.nanoTime() > 0) {
                wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int count() {
        return runs.size();
    }

    private static void interrupt(Run run) {
        // On a thread of its own: a hook of the run may wait for its process to end.
        Thread.startVirtualThread(() ->
                run.interrupt(Run.Interruption.SHUTTING_DOWN, "this worker stops; the backup starts again elsewhere"));
    }
}
