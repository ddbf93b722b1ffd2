package dev.holdfast.notification.text;

/** Makes any text one that PostgreSQL can store, so that an odd character never costs an event. */
public final class StorableText {
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    /** Replaces NUL and halves of surrogate pairs, which neither text nor jsonb can hold. */
    public static String of(String text) {
        if (text.codePoints().allMatch(StorableText::isStorable)) {
            return text;
        }
        var storable = new StringBuilder(text.length());
        text.codePoints().map(c -> isStorable(c) ? c : REPLACEMENT).forEach(storable::appendCodePoint);
        return storable.toString();
    }

    /** The same, and at most so many characters of it. */
    public static String of(String text, int atMost) {
        var storable = of(text);
        return storable.codePointCount(0, storable.length()) <= atMost
                ? storable
                : storable.substring(0, storable.offsetByCodePoints(0, atMost - 1)) + "…";
    }

    /** The same on one line. */
    public static String line(String text, int atMost) {
        return of(text.replaceAll("[\\s\\p{Cc}\\u2028\\u2029]+", " ").strip(), atMost);
    }

    private static boolean isStorable(int codePoint) {
        return codePoint != 0 && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }
}
