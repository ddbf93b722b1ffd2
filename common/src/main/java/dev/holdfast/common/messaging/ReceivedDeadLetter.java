package dev.holdfast.common.messaging;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.PublisherCallbackChannel;

/**
 * Reads a dead letter: ours, or one of the broker's own, which names a queue and a reason in {@code x-death}. Whatever is in a
 * message, this finds no fault with it.
 */
record ReceivedDeadLetter(Message message) {
    private static final String DEATHS = "x-death";
    /** What the broker counts at each delivery of the same letter. */
    private static final Set<String> COUNTS = Set.of("x-delivery-count", "x-acquired-count");

    private static final Set<String> ADDED = Set.of(
            DeadLetters.REASON,
            DeadLetters.ORIGINAL_QUEUE,
            DeadLetters.ORIGINAL_ROUTING_KEY,
            DeadLetters.LETTER_ID,
            PublisherCallbackChannel.RETURNED_MESSAGE_CORRELATION_KEY,
            "x-delivery-count",
            "x-acquired-count",
            "x-first-death-exchange",
            "x-first-death-queue",
            "x-first-death-reason",
            "x-last-death-exchange",
            "x-last-death-queue",
            "x-last-death-reason");

    DeadLetter read() {
        var headers = new TreeMap<String, Object>();
        all().forEach((name, value) -> {
            if (!ADDED.contains(name)
                    && (value instanceof String || value instanceof Number || value instanceof Boolean)) {
                headers.put(name, value);
            }
        });
        return new DeadLetter(
                text(DeadLetters.LETTER_ID)
                        .flatMap(ReceivedDeadLetter::uuid)
                        .orElseGet(() -> digest(sameAtEachDelivery())),
                digest(headers),
                queue(),
                routingKey(),
                reason(),
                message.getMessageProperties().getContentType(),
                headers,
                message.getBody());
    }

    /** The queue that this dead-letter queue belongs to, whatever the message says. */
    private String queue() {
        var queue = String.valueOf(message.getMessageProperties().getConsumerQueue());
        return EventTopology.groups()
                .map(EventTopology::queue)
                .filter(name -> EventTopology.deadLetterQueue(name).equals(queue))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(queue + " is no dead-letter queue"));
    }

    private String routingKey() {
        return text(DeadLetters.ORIGINAL_ROUTING_KEY)
                .orElseGet(() -> String.valueOf(
                        death().get("routing-keys") instanceof List<?> keys && !keys.isEmpty()
                                ? keys.getFirst()
                                : "unknown"));
    }

    private String reason() {
        return text(DeadLetters.REASON).orElseGet(() -> {
            var death = death();
            return death.isEmpty()
                    ? "nobody said why"
                    : "the broker gave up on it (%s): it came back from each consumer that got it"
                            .formatted(death.get("reason"));
        });
    }

    private Map<?, ?> death() {
        return all().get(DEATHS) instanceof List<?> deaths
                        && !deaths.isEmpty()
                        && deaths.getFirst() instanceof Map<?, ?> newest
                ? newest
                : Map.of();
    }

    /** With {@code x-death}, which tells a letter from a later one of the same message. */
    private Map<String, @Nullable Object> sameAtEachDelivery() {
        var headers = new TreeMap<String, @Nullable Object>(all());
        headers.keySet().removeAll(COUNTS);
        return headers;
    }

    /** A value by what it says, in one order: an array would tell where in the memory it is. */
    private static Object content(@Nullable Object value) {
        return switch (value) {
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case Date time -> time.toInstant();
            case List<?> list -> list.stream().map(ReceivedDeadLetter::content).toList();
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, Object>();
                map.forEach((name, inner) -> sorted.put(String.valueOf(name), content(inner)));
                yield sorted;
            }
            case null, default -> String.valueOf(value);
        };
    }

    private UUID digest(Map<String, ? extends @Nullable Object> headers) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : List.of(queue(), routingKey(), content(headers).toString())) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            digest.update(message.getBody());
            return UUID.nameUUIDFromBytes(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Map<String, @Nullable Object> all() {
        return message.getMessageProperties().getHeaders();
    }

    private Optional<String> text(String header) {
        return all().get(header) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
