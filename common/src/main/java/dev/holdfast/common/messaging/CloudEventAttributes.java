package dev.holdfast.common.messaging;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.messaging.MessageHeaders;

/** The CloudEvents attributes of a received message (CloudEvents 1.0, AMQP protocol binding, binary content mode). */
record CloudEventAttributes(MessageHeaders headers) {
    static final String PREFIX = "cloudEvents:";

    /** The binding's two spellings, and the one that Spring Cloud Function rewrites them to on the way to a function. */
    private static final List<String> PREFIXES = List.of(PREFIX, "cloudEvents_", "ce-");

    String text(String name) {
        var value = PREFIXES.stream()
                .map(prefix -> headers.get(prefix + name))
                .filter(candidate -> candidate instanceof String text && !text.isBlank())
                .findFirst();
        return (String) value.orElseThrow(() -> new PoisonEvent("attribute '" + name + "' is missing"));
    }

    UUID uuid(String name) {
        var text = text(name);
        try {
            var uuid = UUID.fromString(text);
            // UUID.fromString also takes shortened groups: two texts, one id.
            if (uuid.toString().equalsIgnoreCase(text)) {
                return uuid;
            }
            throw new PoisonEvent("attribute '" + name + "' is no UUID");
        } catch (IllegalArgumentException e) {
            throw new PoisonEvent("attribute '" + name + "' is no UUID", e);
        }
    }

    Instant time(String name) {
        try {
            return Rfc3339.parse(text(name));
        } catch (DateTimeException e) {
            throw new PoisonEvent("attribute '" + name + "' is no RFC 3339 time", e);
        }
    }

    long positiveNumber(String name) {
        try {
            var number = Long.parseLong(text(name));
            if (number > 0) {
                return number;
            }
            throw new PoisonEvent("attribute '" + name + "' is not positive");
        } catch (NumberFormatException e) {
            throw new PoisonEvent("attribute '" + name + "' is no number", e);
        }
    }
}
