package dev.holdfast.worker.job;

import java.time.Instant;
import java.util.Locale;

/**
 * One line of a run's log.
 *
 * @param number within its attempt, from 1; below 0 for what it waited for before it began
 * @param level {@code info}, {@code warn} or {@code error}
 */
public record LogLine(int number, Instant at, String level, String text) {

    /** As people read it. */
    public String format() {
        return "%s %-5s %s".formatted(at, level.toUpperCase(Locale.ROOT), text);
    }
}
