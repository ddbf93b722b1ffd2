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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The beginning of a body, fit to be shown: on one line and without secrets. In a JSON document each value is masked that is called
 * like a secret, or stands beside a text that speaks of one; of any other text nothing is shown after the first word of that kind.
 */
final class Excerpt {
    private static final int MOST_BYTES = 64 * 1024;
    private static final int LONGEST = 500;
    private static final int BINARY_BYTES = 32;
    private static final String MASK = "***";

    /** Words alone, with nothing to go back over. A letter that is written as its number may be part of such a word. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)pass(?:word|wd|phrase|code)|\\bpass\\b|pwd|secret|token|credential|sealed|authori[sz]ation|bearer|cookie"
                    + "|(?:api|private|access)[\\s_.-]?key|\\\\u00[4-7]");

    private Excerpt() {}

    static String of(byte[] body) {
        var beginning = Arrays.copyOf(body, Math.min(body.length, MOST_BYTES));
        var text = text(beginning);
        return text == null ? binary(beginning) : PlainLine.of(masked(text), LONGEST);
    }

    private static String masked(String text) {
        // Text of two bytes a letter would hide its words behind zeros.
        var plain = text.replace("\0", "");
        try {
            return masked(JsonMapper.shared().readTree(plain)).toString();
        } catch (JacksonException e) {
            // No document, or one that is broken or cut.
            return upToSecret(plain);
        }
    }

    private static JsonNode masked(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var telling = speaksOfSecret(object);
                var shown = object.objectNode();
                for (var member : object.properties()) {
                    var name = member.getKey();
                    shown.set(
                            upToSecret(name),
                            SECRET.matcher(name).find()
                                    ? StringNode.valueOf(MASK)
                                    : member(member.getValue(), telling));
                }
                yield shown;
            }
            case ArrayNode array -> {
                var telling = speaksOfSecret(array);
                var shown = array.arrayNode();
                array.forEach(element -> shown.add(member(element, telling)));
                yield shown;
            }
            case StringNode text -> StringNode.valueOf(upToSecret(text.stringValue()));
            default -> node;
        };
    }

    private static JsonNode member(JsonNode value, boolean besideSecret) {
        return besideSecret && value.isValueNode() ? StringNode.valueOf(MASK) : masked(value);
    }

    /** Such as {@code {"name": "PGPASSWORD", "value": "…"}}. */
    private static boolean speaksOfSecret(JsonNode container) {
        return container
                .valueStream()
                .anyMatch(value ->
                        value.isString() && SECRET.matcher(value.stringValue()).find());
    }

    private static String upToSecret(String text) {
        var secret = SECRET.matcher(text);
        var end = secret.find() ? secret.end() : text.length();
        var address = text.indexOf("://");
        if (address >= 0 && text.indexOf('@', address) >= 0) {
            end = Math.min(end, address + "://".length());
        }
        return end == text.length() ? text : text.substring(0, end) + MASK;
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
