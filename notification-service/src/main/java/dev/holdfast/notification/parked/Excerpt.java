package dev.holdfast.notification.parked;

import dev.holdfast.notification.text.PlainLine;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a body, fit to be shown: on one line, and with every value masked that is called like a secret, however broken the
 * document around it is.
 */
final class Excerpt {
    private static final int MOST_BYTES = 4096;
    private static final int LONGEST = 500;
    private static final int BINARY_BYTES = 32;
    private static final String MASK = "***";
    private static final String SECRET =
            "[\\w.-]*(?:password|passwd|passphrase|secret|token|credential|sealed|(?:api|private|access)[_-]?key)[\\w.-]*";

    private static final Pattern QUOTED =
            Pattern.compile("(?i)(\"" + SECRET + "\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*+\"?");
    private static final Pattern STRUCTURED = Pattern.compile("(?i)(\"" + SECRET + "\"\\s*:\\s*)[\\[{].*");
    private static final Pattern BARE =
            Pattern.compile("(?i)\\b(" + SECRET + "\\s*[:=]\\s*)(?:'[^']*'?|[^\\s\"'&,;}]+)");
    private static final Pattern IN_ADDRESS = Pattern.compile("(://)[^/@\\s\"]*@");

    private Excerpt() {}

    static String of(byte[] body) {
        var beginning = Arrays.copyOf(body, Math.min(body.length, MOST_BYTES));
        var text = text(beginning);
        return text == null ? binary(beginning) : PlainLine.of(masked(text), LONGEST);
    }

    private static String masked(String text) {
        var masked = QUOTED.matcher(text).replaceAll("$1\"" + MASK + "\"");
        masked = STRUCTURED.matcher(masked).replaceAll("$1" + MASK);
        masked = BARE.matcher(masked).replaceAll("$1" + MASK);
        return IN_ADDRESS.matcher(masked).replaceAll("$1" + MASK + "@");
    }

    private static String binary(byte[] bytes) {
        var shown = Math.min(bytes.length, BINARY_BYTES);
        return "no text, begins with " + HexFormat.of().formatHex(bytes, 0, shown);
    }

    /** Null for what is no UTF-8; the last character may be cut. */
    private static @Nullable String text(byte[] bytes) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var longestCut = bytes.length == MOST_BYTES ? 3 : 0;
        for (var cut = 0; cut <= longestCut; cut++) {
            try {
                return decoder.decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut))
                        .toString();
            } catch (CharacterCodingException e) {
                // Perhaps a character that was cut: one byte less.
            }
        }
        return null;
    }
}
