package dev.holdfast.worker.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Names of files as the bytes that they are on Linux. A name need not be text in any encoding, and one that this JVM can't decode
 * must come back the same. The bytes are kept one to a char, which is what ISO 8859-1 makes of them.
 */
final class RawName {
    private static final Charset FILE_NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    private static final char UNDECODABLE = '\uFFFD';

    private RawName() {}

    /** A path as it is spelt, be it absolute or not. */
    static String of(Path path) {
        var text = path.toString();
        return text.indexOf(UNDECODABLE) < 0 ? new String(text.getBytes(FILE_NAMES), ISO_8859_1) : fromUri(path);
    }

    /** Text from elsewhere, such as a user's name. */
    static String ofText(String text) {
        return new String(text.getBytes(FILE_NAMES), ISO_8859_1);
    }

    /** A path's URI is the only place where the JDK hands out its bytes. It is absolute, and a directory's ends with a slash. */
    private static String fromUri(Path path) {
        var raw = decode(path.toUri().getRawPath());
        if (raw.endsWith("/") && !path.toString().endsWith("/")) {
            raw = raw.substring(0, raw.length() - 1);
        }
        if (path.isAbsolute()) {
            return raw;
        }
        var base = decode(Path.of("").toUri().getRawPath());
        return raw.substring(base.endsWith("/") ? base.length() : base.length() + 1);
    }

    private static String decode(String percentEncoded) {
        var bytes = new ByteArrayOutputStream(percentEncoded.length());
        for (int i = 0; i < percentEncoded.length(); i++) {
            if (percentEncoded.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(percentEncoded, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(percentEncoded.charAt(i));
            }
        }
        return bytes.toString(ISO_8859_1);
    }
}
