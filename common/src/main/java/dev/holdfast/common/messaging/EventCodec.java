package dev.holdfast.common.messaging;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.EventType;
import dev.holdfast.common.event.HoldfastEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * Events as messages: CloudEvents 1.0 in AMQP's binary content mode, with the data as JSON. What class a sender names in a header
 * is never looked at, and nothing is deserialized by Java.
 */
public final class EventCodec {
    /** Carries the routing key to the binder; not sent. See {@code holdfast-messaging.yaml}. */
    static final String ROUTING_KEY = "holdfast-routing-key";

    private static final MimeType JSON = MimeTypeUtils.APPLICATION_JSON;

    private final EventJson json = new EventJson();
    private final Counter unknownTypes;

    public EventCodec(MeterRegistry meters) {
        unknownTypes = Counter.builder("holdfast.events.unknown")
                .description("received events of a type that this version does not know, acknowledged without effect")
                .register(meters);
    }

    /** The message that goes to the broker. */
    public Message<byte[]> encode(EventEnvelope event) {
        return encode(new StoredEvent(
                0,
                event.id(),
                event.source(),
                event.subject(),
                event.type().wireName(),
                event.time(),
                event.sequence(),
                json.write(event.data())));
    }

    Message<byte[]> encode(StoredEvent event) {
        return MessageBuilder.withPayload(event.data().getBytes(StandardCharsets.UTF_8))
                .setHeader(MessageHeaders.CONTENT_TYPE, MimeTypeUtils.APPLICATION_JSON_VALUE)
                .setHeader(ROUTING_KEY, event.type().substring(EventType.PREFIX.length()))
                .setHeader(CloudEventAttributes.PREFIX + "specversion", "1.0")
                .setHeader(CloudEventAttributes.PREFIX + "id", event.eventId().toString())
                .setHeader(CloudEventAttributes.PREFIX + "source", event.source())
                .setHeader(CloudEventAttributes.PREFIX + "type", event.type())
                .setHeader(CloudEventAttributes.PREFIX + "subject", event.subject())
                .setHeader(CloudEventAttributes.PREFIX + "time", event.time().toString())
                .setHeader(CloudEventAttributes.PREFIX + "sequence", Long.toString(event.sequence()))
                .build();
    }

    /**
     * Reads a received message.
     *
     * @return empty for a type that this version does not know: the caller acknowledges it without an effect
     * @throws PoisonEvent when it is no event at all; the caller lets it through, and the message becomes a dead letter
     */
    public Optional<EventEnvelope> decode(Message<byte[]> message) {
        var attributes = new CloudEventAttributes(message.getHeaders());
        if (!attributes.text("specversion").equals("1.0")) {
            throw new PoisonEvent("attribute 'specversion' is not 1.0");
        }
        var type = EventType.named(attributes.text("type"));
        if (type.isEmpty()) {
            unknownTypes.increment();
            return Optional.empty();
        }
        requireItsRoutingKey(type.get(), message.getHeaders());
        requireJson(message.getHeaders());
        return Optional.of(
                decode(attributes, json.read(message.getPayload(), type.get().dataType())));
    }

    /** An event's data as it is on the wire, for those who keep or show it as it is. */
    public String toJson(HoldfastEvent data) {
        return json.write(data);
    }

    private static EventEnvelope decode(CloudEventAttributes attributes, HoldfastEvent data) {
        if (!attributes.text("subject").equals(data.subject())) {
            throw new PoisonEvent("attribute 'subject' is not what the data is about");
        }
        return new EventEnvelope(
                attributes.uuid("id"),
                attributes.text("source"),
                attributes.time("time"),
                attributes.positiveNumber("sequence"),
                data);
    }

    /** The broker lets a service publish its own routing keys alone; so what a message calls itself has to be its routing key. */
    private static void requireItsRoutingKey(EventType type, MessageHeaders headers) {
        var key = OriginalRoutingKey.of(headers);
        if (key != null && !key.equals(type.routingKey())) {
            throw new PoisonEvent("attribute 'type' is not what the routing key says");
        }
    }

    private static void requireJson(MessageHeaders headers) {
        var contentType = headers.get(MessageHeaders.CONTENT_TYPE);
        try {
            if (contentType == null
                    || !JSON.equalsTypeAndSubtype(MimeTypeUtils.parseMimeType(contentType.toString()))) {
                throw new PoisonEvent("the content type is not " + JSON);
            }
        } catch (InvalidMimeTypeException e) {
            throw new PoisonEvent("the content type is not " + JSON, e);
        }
    }
}
