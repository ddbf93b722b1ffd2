package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.EventType;
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.event.StorageRecovered;
import dev.holdfast.common.failure.FailureCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

class EventCodecTest {
    private static final String SECRET = "hunter2";
    private static final String GOOD = """
            {"backupId": "01890a5d-ac96-774b-bcce-b302099a8057", "sourceId": "01890a5d-ac96-774b-bcce-b302099a8001",
             "sourceName": "shop", "attempt": 1}""";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventCodec codec = new EventCodec(meters);

    static Stream<HoldfastEvent> events() {
        return Stream.concat(Events.full().stream(), Events.minimal().stream());
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_survives_the_wire(HoldfastEvent data) {
        var event = envelope(data);

        assertThat(codec.decode(codec.encode(event))).contains(event);
    }

    @Test
    void the_samples_are_of_every_type() {
        assertThat(Events.full().stream().map(EventType::of)).containsExactly(EventType.values());
        assertThat(Events.minimal().stream().map(EventType::of)).containsExactly(EventType.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cloudEvents:", "cloudEvents_", "ce-"})
    void each_spelling_of_the_attributes_is_read(String prefix) {
        var message = good();
        var respelt = MessageBuilder.withPayload(message.getPayload());
        message.getHeaders().forEach((name, value) -> {
            if (name.startsWith("cloudEvents:")) {
                respelt.setHeader(name.replace("cloudEvents:", prefix), value);
            }
        });
        respelt.setHeader(MessageHeaders.CONTENT_TYPE, "application/json;charset=UTF-8");

        assertThat(codec.decode(respelt.build())).isEqualTo(codec.decode(message));
    }

    @Test
    void fields_of_a_later_version_are_passed_over() {
        var message = withData(GOOD.replace("\"attempt\"", "\"new\": {\"a\": [1]}, \"attempt\""));

        assertThat(codec.decode(message)).isEqualTo(codec.decode(good()));
    }

    @Test
    void a_type_of_a_later_version_is_counted_and_nothing_else_of_it_looked_at() {
        var message = MessageBuilder.withPayload(new byte[] {1, 2, 3})
                .setHeader("cloudEvents:specversion", "1.0")
                .setHeader("cloudEvents:type", "dev.holdfast.backup.cancelled.v2")
                .build();

        assertThat(codec.decode(message)).isEmpty();
        assertThat(meters.counter("holdfast.events.unknown").count()).isEqualTo(1);
    }

    @Test
    void a_class_that_a_sender_names_is_not_looked_at() {
        var message = MessageBuilder.fromMessage(good())
                .setHeader("__TypeId__", "java.util.logging.FileHandler")
                .setHeader("json__TypeId__", "java.util.logging.FileHandler")
                .build();

        assertThat(codec.decode(message)).isEqualTo(codec.decode(good()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"specversion", "id", "source", "type", "subject", "time", "sequence"})
    void a_message_without_one_of_the_attributes_is_poison(String attribute) {
        assertPoison(
                MessageBuilder.fromMessage(good())
                        .removeHeader("cloudEvents:" + attribute)
                        .build(),
                "attribute '" + attribute + "' is missing");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            specversion, 0.3,              attribute 'specversion' is not 1.0
            id,          1,                attribute 'id' is no UUID
            id,          1-1-1-1-1,        attribute 'id' is no UUID
            subject,     other,            attribute 'subject' is not what the data is about
            time,        yesterday,        attribute 'time' is no RFC 3339 time
            time,        1700000000,       attribute 'time' is no RFC 3339 time
            time,        +999999999-12-31T23:59:59Z, attribute 'time' is no RFC 3339 time
            time,        -0001-01-01T00:00:00Z, attribute 'time' is no RFC 3339 time
            sequence,    first,            attribute 'sequence' is no number
            sequence,    0,                attribute 'sequence' is not positive
            sequence,    9223372036854775808, attribute 'sequence' is no number
            type,        ' ',              attribute 'type' is missing
            """)
    void a_message_with_a_wrong_attribute_is_poison(String attribute, String value, String reason) {
        assertPoison(
                MessageBuilder.fromMessage(good())
                        .setHeader("cloudEvents:" + attribute, value)
                        .build(),
                reason);
    }

    @Test
    void an_attribute_that_is_no_text_is_poison() {
        assertPoison(
                MessageBuilder.fromMessage(good())
                        .setHeader("cloudEvents:id", Map.of("a", 1))
                        .build(),
                "attribute 'id' is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-java-serialized-object", "?", ""})
    void content_that_is_not_said_to_be_json_is_poison(String contentType) {
        assertPoison(
                MessageBuilder.fromMessage(good())
                        .setHeader(MessageHeaders.CONTENT_TYPE, contentType.isEmpty() ? null : contentType)
                        .build(),
                "the content type is not application/json");
    }

    static Stream<Arguments> poison() {
        return Stream.of(
                Arguments.of("", "MismatchedInputException"),
                Arguments.of("   ", "MismatchedInputException"),
                Arguments.of(SECRET, "StreamReadException"),
                Arguments.of("null", "the data is null"),
                Arguments.of("42", "MismatchedInputException"),
                Arguments.of("\"" + SECRET + "\"", "MismatchedInputException"),
                Arguments.of("[]", "MismatchedInputException"),
                Arguments.of("{}", "the data is no BackupCancelled"),
                Arguments.of(GOOD.substring(0, GOOD.length() - 1), "the data is no BackupCancelled"),
                Arguments.of(GOOD + "{}", "the data is no BackupCancelled"),
                Arguments.of(GOOD + SECRET, "the data is no BackupCancelled"),
                Arguments.of(GOOD.replace("}", ", \"attempt\": 2}"), "the data is no BackupCancelled"),
                Arguments.of(GOOD.replace("1}", "null}"), "the data is no BackupCancelled"),
                Arguments.of(GOOD.replace("1}", "\"" + SECRET + "\"}"), "the data is no BackupCancelled"),
                Arguments.of(GOOD.replace("1}", "99999999999}"), "the data is no BackupCancelled"),
                Arguments.of(GOOD.replace("\"shop\"", "null"), "'sourceName' is missing"),
                Arguments.of(GOOD.replace("\"sourceName\"", "\"other\""), "'sourceName' is missing"),
                Arguments.of(GOOD.replace("\"shop\"", "{\"a\": 1}"), "the data is no BackupCancelled"),
                Arguments.of(GOOD.replace("01890a5d-ac96-774b-bcce-b302099a8001", SECRET), "the data is no"),
                Arguments.of(GOOD.replace("01890a5d-ac96-774b-bcce-b302099a8057", SECRET), "the data is no"),
                Arguments.of(
                        GOOD.replace("01890a5d-ac96-774b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a8058"),
                        "attribute 'subject' is not what the data is about"),
                Arguments.of("\uFEFF" + GOOD, "the data starts with a byte order mark"),
                Arguments.of(GOOD.replace("shop", "sh\\u0000op"), "the data holds a NUL character"),
                Arguments.of(GOOD.replace("shop", "sh\\\\\\u0000op"), "the data holds a NUL character"),
                Arguments.of(GOOD.replace("shop", "sh\0op"), "the data is no BackupCancelled"),
                Arguments.of(
                        GOOD.replace("1}", "1, \"deep\": " + "[".repeat(10_000)), "the data is no BackupCancelled"),
                Arguments.of(
                        GOOD.replace("1}", "1, \"deep\": " + "{\"a\":".repeat(10_000)),
                        "the data is no BackupCancelled"),
                Arguments.of(GOOD.replace("1}", "1" + "0".repeat(5_000) + "}"), "the data is no BackupCancelled"),
                Arguments.of(GOOD.replace("shop", "x".repeat(1 << 20)), "more than 1048576"));
    }

    @ParameterizedTest
    @MethodSource("poison")
    void data_that_is_no_event_is_poison_and_is_not_quoted(String data, String reason) {
        assertPoison(withData(data), reason);
    }

    static Stream<byte[]> noUtf8() {
        return Stream.of(
                GOOD.replace("shop", "schön").getBytes(StandardCharsets.ISO_8859_1),
                GOOD.getBytes(StandardCharsets.UTF_16),
                new byte[] {(byte) 0xC0, (byte) 0x80},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                // The head of a serialized Java object.
                new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 's', 'r'});
    }

    @ParameterizedTest
    @MethodSource("noUtf8")
    void bytes_that_are_no_utf_8_are_poison(byte[] data) {
        assertPoison(withData(data), "the data is no UTF-8");
    }

    @Test
    void something_missing_deep_inside_is_poison() {
        var message = encoded(Events.full().getFirst());
        for (var missing : new String[] {"\"host\"", "\"sealedPassword\"", "\"mediaPaths\"", "\"metadata\""}) {
            var data = new String(message.getPayload(), StandardCharsets.UTF_8);
            assertThat(data).contains(missing);

            assertPoison(withPayload(message, data.replace(missing, "\"other\"")), "is missing");
        }
    }

    @Test
    void a_time_in_the_data_that_nobody_can_store_is_poison() {
        var message = encoded(
                new StorageRecovered("w", "/", Instant.parse("+10000-01-01T00:00:00Z"), FailureCode.STORAGE_READ_ONLY));

        assertPoison(message, "'failedSince' is no RFC 3339 time");
    }

    @Test
    void an_empty_place_in_a_list_is_poison_but_the_callers_own_metadata_may_hold_anything() {
        var message = encoded(Events.full().getFirst());
        var data = new String(message.getPayload(), StandardCharsets.UTF_8);

        assertPoison(withPayload(message, data.replace("\"/srv/shop/media\"", "null")), "'mediaPaths' is missing");
        var metadata = withPayload(message, data.replace("\"4.2\"", "null"));
        var read = (BackupRequested) codec.decode(metadata).orElseThrow().data();
        assertThat(read.metadata()).containsEntry("version", null);
    }

    @Test
    void a_failure_code_of_a_later_version_still_tells_of_the_failure() {
        var message = encoded(Events.full().get(5));
        var data = new String(message.getPayload(), StandardCharsets.UTF_8);

        var later = withPayload(message, data.replace("STORAGE_PERMISSION_DENIED", "STORAGE_ON_FIRE"));

        var read = (BackupFailed) codec.decode(later).orElseThrow().data();
        assertThat(read.failure().code()).isEqualTo(FailureCode.UNEXPECTED);
        assertThat(read.failure().summary()).isEqualTo("/app/backups refuses user 1001");
    }

    @Test
    void a_nul_in_a_log_excerpt_does_not_keep_a_failure_from_being_told() {
        var sample = (BackupFailed) Events.minimal().get(5);
        var failed = new BackupFailed(
                sample.backupId(),
                sample.sourceId(),
                sample.sourceName(),
                1,
                sample.failure(),
                "a\0b \\u0000 c\\\0",
                false,
                null);

        var read = (BackupFailed) codec.decode(encoded(failed)).orElseThrow().data();

        assertThat(read.logExcerpt()).isEqualTo("a\uFFFDb \\u0000 c\\\uFFFD");
    }

    @Test
    void an_event_that_no_consumer_would_read_is_not_written() {
        var sample = (BackupFailed) Events.minimal().get(5);
        var failed = new BackupFailed(
                sample.backupId(),
                sample.sourceId(),
                sample.sourceName(),
                1,
                sample.failure(),
                "x".repeat(1 << 20),
                false,
                null);

        assertThatIllegalArgumentException().isThrownBy(() -> codec.toJson(failed));
    }

    private void assertPoison(Message<byte[]> message, String reason) {
        assertThatExceptionOfType(PoisonEvent.class)
                .isThrownBy(() -> codec.decode(message))
                .withMessageContaining(reason)
                .satisfies(poison -> {
                    assertThat(poison.getMessage()).doesNotContain(SECRET).hasSizeLessThan(300);
                    assertThat(Arrays.toString(poison.getStackTrace())).doesNotContain(SECRET);
                });
    }

    private Message<byte[]> good() {
        return encoded(Events.minimal().get(6));
    }

    private Message<byte[]> encoded(HoldfastEvent data) {
        return codec.encode(envelope(data));
    }

    private Message<byte[]> withData(String data) {
        return withData(data.getBytes(StandardCharsets.UTF_8));
    }

    private Message<byte[]> withData(byte[] data) {
        return MessageBuilder.withPayload(data).copyHeaders(good().getHeaders()).build();
    }

    private static Message<byte[]> withPayload(Message<byte[]> message, String data) {
        return MessageBuilder.withPayload(data.getBytes(StandardCharsets.UTF_8))
                .copyHeaders(message.getHeaders())
                .build();
    }

    private static EventEnvelope envelope(HoldfastEvent data) {
        return new EventEnvelope(
                UUID.fromString("01890a5d-ac96-774b-bcce-b302099a9999"),
                "/holdfast/backup-worker",
                Instant.parse("2026-11-23T12:00:00.123456Z"),
                1_795_435_200_123_456L,
                data);
    }
}
