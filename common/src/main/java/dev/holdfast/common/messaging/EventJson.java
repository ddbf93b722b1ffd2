package dev.holdfast.common.messaging;

import dev.holdfast.common.event.HoldfastEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event's data as JSON. A mapper of its own, so that nothing a service sets for its REST answers changes the wire: fields that
 * are not known are passed over, fields that are missing are refused.
 */
final class EventJson {
    /** More than any event needs; a limit keeps one message from filling a heap. */
    static final int MAX_BYTES = 1 << 20;

    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * Writes data. NUL characters become U+FFFD: a log excerpt may hold one, and PostgreSQL, which every reader keeps it in, takes
     * none.
     */
    String write(HoldfastEvent data) {
        var json = ESCAPED_NUL
                .matcher(mapper.writeValueAsString(data))
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1) + "\uFFFD"));
        if (json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("an event may hold at most " + MAX_BYTES + " bytes of JSON");
        }
        return json;
    }

    <T extends HoldfastEvent> T read(byte[] bytes, Class<T> type) {
        var json = text(bytes);
        try {
            var data = mapper.readValue(json, type);
            if (data == null) {
                throw new PoisonEvent("the data is null");
            }
            RequiredComponents.check((Record) data);
            return data;
        } catch (JacksonException e) {
            // Jackson's own message quotes the document, which may hold what no log should.
            throw new PoisonEvent("the data is no %s: %s%s"
                    .formatted(
                            type.getSimpleName(),
                            e.getClass().getSimpleName(),
                            e.getLocation() == null
                                    ? ""
                                    : " at " + e.getLocation().offsetDescription()));
        }
    }

    private static String text(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new PoisonEvent("the data has " + bytes.length + " bytes, more than " + MAX_BYTES);
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.startsWith("\uFEFF")) {
                throw new PoisonEvent("the data starts with a byte order mark");
            }
            if (ESCAPED_NUL.matcher(text).find()) {
                throw new PoisonEvent("the data holds a NUL character");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new PoisonEvent("the data is no UTF-8", e);
        }
    }
}
