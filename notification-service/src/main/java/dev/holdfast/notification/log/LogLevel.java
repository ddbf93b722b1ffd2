package dev.holdfast.notification.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much an entry of the log matters, from the least. */
enum LogLevel {
    /** Progress: many, and of use for a short time. */
    DEBUG("true"),
    INFO("level <> 'DEBUG'"),
    WARN("level in ('WARN', 'ERROR')"),
    ERROR("level = 'ERROR'");

    private final String andAbove;

    LogLevel(String andAbove) {
        this.andAbove = andAbove;
    }

    /** The level of this name in any case; empty where there is none. */
    static Optional<LogLevel> named(String name) {
        return Arrays.stream(values())
                .filter(level -> level.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** The condition for rows of at least this level, in the very words of the partial indexes. */
    String andAbove() {
        return andAbove;
    }
}
