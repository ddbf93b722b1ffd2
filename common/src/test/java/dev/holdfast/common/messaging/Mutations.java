package dev.holdfast.common.messaging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

/** Messages that are nearly events: valid ones with something wrong in their bytes, their JSON or their headers, or nothing right. */
public final class Mutations {
    private static final List<Object> HEADER_VALUES = List.of(
            "",
            " ",
            "\u0000",
            "\ud800",
            "1.0",
            "-1",
            "0",
            "9223372036854775807",
            "9223372036854775808",
            "dev.holdfast.backup.failed.v1",
            "dev.holdfast.backup.failed.v2",
            "com.example.other",
            "not-a-uuid",
            "1-1-1-1-1",
            "2026-13-45T99:99:99Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "2026-01-02T12:00:00+18:00",
            "text/plain",
            "application/json; charset=utf-16",
            "x".repeat(70_000),
            7,
            true,
            new byte[] {1, 2},
            List.of("a"));

    private static final List<String> JSON_VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e308",
            "1e999999",
            "9223372036854775808",
            "3.5",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u202e\\u001b[2J\"",
            "\"NaN\"",
            "\"PT-1S\"",
            "\"P999999999999999D\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"UNKNOWN_CODE\"",
            "[]",
            "{}",
            "[null]",
            "{\"\":null}",
            "{\"@class\":\"javax.naming.InitialContext\"}",
            "[".repeat(2_000) + "]".repeat(2_000),
            "\"" + "x".repeat(100_000) + "\"");

    private final Random random;
    private final List<Message<byte[]>> events;

    /** @param seed decides everything */
    public Mutations(long seed, List<Message<byte[]>> events) {
        this.random = new Random(seed);
        this.events = events;
    }

    /** One message. */
    public Message<byte[]> next() {
        var event = events.get(random.nextInt(events.size()));
        var payload = event.getPayload();
        var headers = new HashMap<>(event.getHeaders());
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            switch (random.nextInt(6)) {
                case 0 -> payload = anything();
                case 1 -> payload = withOtherBytes(payload);
                case 2, 3 -> payload = withAnotherValue(payload);
                default -> changeOne(headers);
            }
        }
        headers.remove(MessageHeaders.ID);
        headers.remove(MessageHeaders.TIMESTAMP);
        return MessageBuilder.withPayload(payload).copyHeaders(headers).build();
    }

    private byte[] anything() {
        var bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Flips, cuts, doubles. */
    private byte[] withOtherBytes(byte[] payload) {
        if (payload.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(payload.length);
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(payload, at);
            case 1 -> Arrays.copyOf(payload, payload.length + at);
            default -> {
                var changed = payload.clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                yield changed;
            }
        };
    }

    /** Puts another value behind one of the colons, or takes one field twice. */
    private byte[] withAnotherValue(byte[] payload) {
        var json = new String(payload, StandardCharsets.UTF_8);
        int colon = json.indexOf(':', random.nextInt(json.length() + 1));
        if (colon < 0) {
            return payload;
        }
        int end = colon + 1;
        while (end < json.length() && ",}]".indexOf(json.charAt(end)) < 0) {
            end++;
        }
        var value = JSON_VALUES.get(random.nextInt(JSON_VALUES.size()));
        return (json.substring(0, colon + 1) + value + json.substring(end)).getBytes(StandardCharsets.UTF_8);
    }

    private void changeOne(Map<String, Object> headers) {
        var names = headers.keySet().stream()
                .filter(name -> !name.equals(MessageHeaders.ID) && !name.equals(MessageHeaders.TIMESTAMP))
                .sorted()
                .toList();
        var name = names.get(random.nextInt(names.size()));
        if (random.nextInt(4) == 0) {
            headers.remove(name);
        } else {
            headers.put(name, HEADER_VALUES.get(random.nextInt(HEADER_VALUES.size())));
        }
    }
}
