package dev.holdfast.notification.log;

import dev.holdfast.common.messaging.PoisonEvent;
import dev.holdfast.common.messaging.Rfc3339;
import dev.holdfast.notification.text.StorableText;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * An event of a type that this version does not know, from a newer service or from somebody else: logged as it is, since what is
 * not understood must not be lost either.
 */
record ForeignEvent(MessageHeaders headers, byte[] payload) {
    /** The spellings of the CloudEvents AMQP binding, and the one that Spring Cloud Function rewrites them to. */
    private static final List<String> PREFIXES = List.of("cloudEvents:", "cloudEvents_", "ce-");

    private static final int LONGEST_ATTRIBUTE = 200;
    private static final int MOST_BYTES = 1 << 20;

    static ForeignEvent of(Message<byte[]> message) {
        return new ForeignEvent(message.getHeaders(), message.getPayload());
    }

    /**
     * Makes an entry of the log from it.
     *
     * @param now for an event that does not say when it happened
     * @throws PoisonEvent when it is no CloudEvent with JSON data
     */
    LogEntry entry(Instant now) {
        if (payload.length > MOST_BYTES) {
            throw new PoisonEvent("the data has more than " + MOST_BYTES + " bytes");
        }
        var data = EventData.parse(payload).orElseThrow(() -> new PoisonEvent("the data is no JSON"));
        var type = required("type");
        var subject = attribute("subject");
        var message = "event %s from %s%s"
                .formatted(
                        type,
                        required("source"),
                        subject.map(about -> " about " + about).orElse(""));
        return new LogEntry(
                id(),
                time(now),
                type,
                LogLevel.INFO,
                data.uuid("sourceId").orElse(null),
                data.text("sourceName").map(EventEntries::name).orElse(null),
                data.uuid("backupId").or(() -> subject.flatMap(UuidText::parse)).orElse(null),
                data.number("attempt").orElse(null),
                message,
                data.json(),
                EventEntries.searchText(message, type, data));
    }

    /** CloudEvents asks for any text that is unique within its source; a UUID, which ours have, stays as it is. */
    private UUID id() {
        var id = required("id");
        return UuidText.parse(id)
                .orElseGet(() ->
                        UUID.nameUUIDFromBytes((required("source") + "\n" + id).getBytes(StandardCharsets.UTF_8)));
    }

    private Instant time(Instant now) {
        try {
            return attribute("time").map(Rfc3339::parse).orElse(now);
        } catch (DateTimeException e) {
            throw new PoisonEvent("attribute 'time' is no RFC 3339 time", e);
        }
    }

    private String required(String name) {
        return attribute(name).orElseThrow(() -> new PoisonEvent("attribute '" + name + "' is missing"));
    }

    private Optional<String> attribute(String name) {
        return PREFIXES.stream()
                .map(prefix -> headers.get(prefix + name))
                .filter(String.class::isInstance)
                .map(value -> StorableText.line((String) value, LONGEST_ATTRIBUTE))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
