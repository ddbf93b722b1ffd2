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

    /**
     * What leaves no trace: two names that differ in it alone look the same. Joiners and variation selectors are not among it, since
     * some scripts and emoji are made with them.
     */
    static boolean isInvisible(int character) {
        return switch (character) {
            case 0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x2800, 0x3164, 0xFEFF, 0xFFA0 -> true;
            default -> (character >= 0x2060 && character <= 0x2064) || (character >= 0xE0000 && character <= 0xE007F);
        };
    }

    static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == 0xFEFF;
    }
}
