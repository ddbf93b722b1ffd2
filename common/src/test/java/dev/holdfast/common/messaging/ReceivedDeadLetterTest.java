package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.MessageBuilder;

/** Letters that the broker made by itself, and that have no id of ours. */
class ReceivedDeadLetterTest {
    private static final Instant DEATH = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    void a_letter_that_is_delivered_again_is_the_same_one_whatever_the_broker_has_counted() {
        var first = letter(DEATH, new byte[] {1, 2}, Map.of());
        var again = letter(DEATH, new byte[] {1, 2}, Map.of("x-delivery-count", 1L, "x-acquired-count", 2L));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.messageId()).isEqualTo(first.messageId());
    }

    @Test
    void a_message_that_dies_again_is_another_letter_of_the_same_message() {
        var first = letter(DEATH, new byte[] {1, 2}, Map.of());
        var later = letter(DEATH.plusSeconds(1), new byte[] {1, 2}, Map.of());

        assertThat(later.id()).isNotEqualTo(first.id());
        assertThat(later.messageId()).isEqualTo(first.messageId());
    }

    @Test
    void letters_that_differ_in_the_bytes_of_a_header_are_two() {
        assertThat(letter(DEATH, new byte[] {1, 2}, Map.of()).id())
                .isNotEqualTo(letter(DEATH, new byte[] {1, 3}, Map.of()).id());
    }

    private static DeadLetter letter(Instant death, byte[] bytes, Map<String, Object> counts) {
        var queue = EventTopology.queue("worker");
        var headers = new TreeMap<String, Object>(counts);
        headers.put("x-bytes", bytes);
        headers.put("x-text", "t");
        headers.put(
                "x-death",
                List.of(Map.of(
                        "reason",
                        "delivery_limit",
                        "queue",
                        queue,
                        "count",
                        1L,
                        "time",
                        Date.from(death),
                        "routing-keys",
                        List.of("backup.requested.v1"))));
        var message = MessageBuilder.withBody("{}".getBytes(StandardCharsets.UTF_8))
                .copyHeaders(headers)
                .build();
        message.getMessageProperties().setConsumerQueue(EventTopology.deadLetterQueue(queue));
        return new ReceivedDeadLetter(message).read();
    }
}
