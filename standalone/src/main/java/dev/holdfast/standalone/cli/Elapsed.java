package dev.holdfast.standalone.cli;

import java.time.Duration;
import java.util.Locale;

/** Time that has passed, as a clock shows it: of the same width from one second to the next. */
final class Elapsed {
    private Elapsed() {}

    /** Minutes and seconds, with hours where there are some. */
    static String text(Duration time) {
        return time.toHours() == 0
                ? String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart())
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
