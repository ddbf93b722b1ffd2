package dev.holdfast.embedded;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes passwords that nobody has to remember. */
public final class Passwords {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** 128 random bits as hex digits: safe in JSON, URLs and shells without quoting. */
    public static String random() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
