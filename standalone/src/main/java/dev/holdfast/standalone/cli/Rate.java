package dev.holdfast.standalone.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes per second over the last few seconds of one stage. */
final class Rate {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final Deque<Sample> samples = new ArrayDeque<>();
    private final InstantSource clock;
    private String stage = "";

    Rate(InstantSource clock) {
        this.clock = clock;
    }

    private record Sample(Instant at, long bytes) {}

    /** Takes note of a count, and says how fast it has been growing; 0 while that is not known. */
    double of(String stage, long bytes) {
        var now = clock.instant();
        if (!stage.equals(this.stage)) {
            this.stage = stage;
            samples.clear();
        }
        if (samples.isEmpty() || samples.getLast().bytes() != bytes) {
            samples.addLast(new Sample(now, bytes));
        }
        while (samples.size() > 2 && samples.getFirst().at().isBefore(now.minus(WINDOW))) {
            samples.removeFirst();
        }
        var first = samples.getFirst();
        double seconds = Duration.between(first.at(), now).toMillis() / 1000.0;
        return seconds > 0 ? Math.max(0, bytes - first.bytes()) / seconds : 0;
    }
}
