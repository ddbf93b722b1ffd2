package dev.holdfast.notification.channel;

import java.util.Locale;

/** Which of its two messages an alert sends. */
public enum AlertKind {
    RAISED,
    RESOLVED;

    /** As it is stored and sent. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AlertKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
