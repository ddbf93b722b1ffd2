package dev.holdfast.notification.log;

import java.time.Duration;
import java.util.Locale;

/** Sizes and durations as people read them. */
final class Amounts {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Amounts() {}

    /** Such as {@code 12.3 MB}; decimal units, as disks are sold. */
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double amount = bytes / 1000.0;
        int unit = 0;
        // What would be printed as 1000.0 is one of the next unit.
        while (amount >= 999.95 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /** Such as {@code 4.2 s}, {@code 3 min 12 s} or {@code 2 h 5 min}. */
    static String duration(Duration duration) {
        if (duration.toMillis() < 59_950) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        var rounded = duration.plusMillis(500);
        return rounded.toHours() == 0
                ? "%d min %d s".formatted(rounded.toMinutes(), rounded.toSecondsPart())
                : "%d h %d min".formatted(rounded.toHours(), rounded.toMinutesPart());
    }
}
