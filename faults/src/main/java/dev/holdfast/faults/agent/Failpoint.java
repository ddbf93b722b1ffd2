package dev.holdfast.faults.agent;

import java.lang.constant.ClassDesc;

/**
 * A place in the code: where a method begins, or where it returns.
 *
 * @param type the full name of the class
 */
public record Failpoint(String type, String method, Moment moment) {
    /** When, of a method's run. Its end is a return alone, never an exception. */
    public enum Moment {
        ENTER,
        EXIT
    }

    /** Reads what {@link #toString()} writes: {@code dev.holdfast.Type#method:enter}. */
    public static Failpoint parse(String text) {
        int hash = text.indexOf('#');
        int colon = text.lastIndexOf(':');
        if (hash < 1 || colon < hash) {
            throw new IllegalArgumentException("no failpoint of the form Type#method:enter: " + text);
        }
        return new Failpoint(
                text.substring(0, hash),
                text.substring(hash + 1, colon),
                Moment.valueOf(text.substring(colon + 1).toUpperCase(java.util.Locale.ROOT)));
    }

    ClassDesc descriptor() {
        return ClassDesc.of(type);
    }

    @Override
    public String toString() {
        return type + "#" + method + ":" + moment.name().toLowerCase(java.util.Locale.ROOT);
    }
}
