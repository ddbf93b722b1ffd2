package dev.holdfast.worker.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Measures how long something has lasted. Not with a clock: somebody may set that meanwhile, by an hour and in either direction,
 * and what has just been heard of would be overdue, or what is overdue would not be so for an hour.
 */
final class Stopwatch {
    private final LongSupplier nanoTime;
    private volatile long start;

    private Stopwatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        start = nanoTime.getAsLong();
    }

    /** @param nanoTime as {@link System#nanoTime()}, or what a test says */
    static Stopwatch start(LongSupplier nanoTime) {
        return new Stopwatch(nanoTime);
    }

    void restart() {
        start = nanoTime.getAsLong();
    }

    Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - start);
    }

    boolean isBeyond(Duration limit) {
        return elapsed().compareTo(limit) > 0;
    }
}
