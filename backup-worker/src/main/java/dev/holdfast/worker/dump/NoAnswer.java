package dev.holdfast.worker.dump;

import java.io.IOException;
import java.io.Serial;

/** A tool is there, and could not be asked now. What it would have said is not known: another time it may well answer. */
final class NoAnswer extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    NoAnswer(String message) {
        super(message);
    }

    NoAnswer(String message, Throwable cause) {
        super(message, cause);
    }

    /** With the words of the error behind it, which may be many lines. */
    String detail() {
        return getCause() == null ? String.valueOf(getMessage()) : "%s: %s".formatted(getMessage(), getCause());
    }
}
