package dev.holdfast.common.address;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as libpq reads it: unlike in a web form, {@code +} is a plus. */
final class PercentEncoding {
    private static final int HEX = 16;

    private PercentEncoding() {}

    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var given = text.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream(given.length);
        for (int i = 0; i < given.length; i++) {
            if (given[i] == '%') {
                bytes.write(octet(given, i));
                i += 2;
            } else {
                bytes.write(given[i]);
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static int octet(byte[] given, int percent) {
        if (percent + 2 < given.length) {
            int high = Character.digit(given[percent + 1], HEX);
            int low = Character.digit(given[percent + 2], HEX);
            if (high == 0 && low == 0) {
                throw new UnreadableAddress("%00 stands for a character that no name and no password can have");
            }
            if (high >= 0 && low >= 0) {
                return high * HEX + low;
            }
        }
        throw new UnreadableAddress("a % must be followed by two hex digits, and stands as %25 for itself");
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableAddress("its percent-encoded characters are not UTF-8");
        }
    }
}
