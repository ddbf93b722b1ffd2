package dev.holdfast.api.web;

/** Kinds of characters that make trouble somewhere: in logs, in terminals, in PostgreSQL or in the eye of the reader. */
public final class Characters {
    private Characters() {}

    /** C0, DEL and C1, which has the one-character CSI and NEL. */
    public static boolean isControl(int character) {
        return Character.getType(character) == Character.CONTROL;
    }

    /** Half of a surrogate pair: it has no UTF-8 form. */
    public static boolean isLoneSurrogate(int character) {
        return Character.getType(character) == Character.SURROGATE;
    }

    /** Line and paragraph separator. */
    static boolean isSeparator(int character) {
        return character == 0x2028 || character == 0x2029;
    }

    /** Embeddings, overrides and isolates (UAX 9), which show a text in another order than it has. */
    static boolean turnsDirection(int character) {
        return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
    }

    static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == 0xFEFF;
    }
}
