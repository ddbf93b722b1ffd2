package dev.holdfast.notification.text;

import java.util.regex.Pattern;

/**
 * Text that shows as what it is: without line breaks, control characters, and the invisible ones that turn the direction of
 * writing round, so that a name can't pretend to be something else.
 */
public final class PlainLine {
    private static final Pattern UNSEEN =
            Pattern.compile("[\\u200E\\u200F\\u061C\\u202A-\\u202E\\u2066-\\u2069\\uFEFF\\uFFF9-\\uFFFB]");

    private PlainLine() {}

    /** At most so many characters of a text, on one line. */
    public static String of(String text, int atMost) {
        // Cut first: a text from outside may be far longer than what is left of it.
        var bounded = text.substring(0, Math.min(text.length(), 4 * atMost));
        return StorableText.line(UNSEEN.matcher(bounded).replaceAll("\uFFFD"), atMost);
    }
}
