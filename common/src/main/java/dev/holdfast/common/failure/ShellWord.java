package dev.holdfast.common.failure;

import java.util.regex.Pattern;

/** Makes a name safe in a command that people paste into a POSIX shell (XCU 2.2.2): names come from users. */
public final class ShellWord {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellWord() {}

    /** The word as a shell reads it back; unchanged where it needs no quotes. */
    public static String quote(String word) {
        return SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
