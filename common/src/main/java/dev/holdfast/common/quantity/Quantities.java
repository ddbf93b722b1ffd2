package dev.holdfast.common.quantity;

import java.time.Duration;
import java.util.Locale;

/** One way to say sizes and durations, so that the console, the command line and the log never seem to disagree. */
public final class Quantities {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Quantities() {}

    /** Such as {@code 12.3 MiB}: binary units, as {@code ls -lh} and {@code df -h} count. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double amount = bytes / 1024.0;
        int unit = 0;
        // What would be shown as 1024.0 is one of the next unit.
        while (amount >= 1023.95 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /** Such as {@code 12 ms}, {@code 0.8 s}, {@code 3 min 12 s}, {@code 2 h 5 min} or {@code 1 d 3 h}; a negative one is none. */
    public static String duration(Duration duration) {
        var positive = duration.isNegative() ? Duration.ZERO : duration;
        if (positive.toMillis() < 100) {
            return positive.toMillis() + " ms";
        }
        if (positive.toMillis() < 9_950) {
            return String.format(Locale.ROOT, "%.1f s", positive.toMillis() / 1000.0);
        }
        var rounded = positive.plusMillis(500);
        if (rounded.toMinutes() == 0) {
            return rounded.toSeconds() + " s";
        }
        if (rounded.toHours() == 0) {
            return "%d min %d s".formatted(rounded.toMinutes(), rounded.toSecondsPart());
        }
        return rounded.toDays() == 0
                ? "%d h %d min".formatted(rounded.toHours(), rounded.toMinutesPart())
                : "%d d %d h".formatted(rounded.toDays(), rounded.toHoursPart());
    }
}
