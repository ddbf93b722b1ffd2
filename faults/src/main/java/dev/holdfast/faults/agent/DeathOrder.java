package dev.holdfast.faults.agent;

import java.util.Locale;

/**
 * Where a process is to die, or to freeze.
 *
 * @param nth the how manyth time that the point is reached, from 1
 * @param delayMillis how long after it, while the code goes on; 0 for exactly there
 */
public record DeathOrder(Failpoint point, Signal signal, int nth, long delayMillis) {
    /** What it gets. */
    public enum Signal {
        KILL,
        STOP
    }

    /** Reads what {@link #toString()} writes. */
    public static DeathOrder parse(String text) {
        var parts = text.split(" ", -1);
        return new DeathOrder(
                Failpoint.parse(parts[0]),
                Signal.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts[2]),
                Long.parseLong(parts[3]));
    }

    @Override
    public String toString() {
        return "%s %s %d %d".formatted(point, signal, nth, delayMillis);
    }
}
