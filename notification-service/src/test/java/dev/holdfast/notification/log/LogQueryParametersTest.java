package dev.holdfast.notification.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.notification.web.InvalidParameter;
import dev.holdfast.notification.web.InvalidParameters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogQueryParametersTest {
    private static final String ID = "01890a5d-ac96-774b-bcce-b302099a8057";

    @Test
    void without_parameters_the_newest_50_of_what_matters_are_shown() {
        var query = LogQueryParameters.parse(Map.of());

        assertThat(query)
                .isEqualTo(new LogQuery(null, null, null, LogLevel.INFO, null, List.of(), null, null, null, 50));
    }

    @Test
    void every_parameter_is_understood() {
        var cursor = new LogCursor(Instant.parse("2026-01-02T03:04:05.123456Z"), 77);

        var query = LogQueryParameters.parse(Map.of(
                "source", List.of("shop"),
                "backup", List.of(ID),
                "level", List.of("Warn"),
                "type", List.of("backup.failed.v1"),
                "text", List.of("Permission denied"),
                "from", List.of("2026-01-01T00:00:00Z"),
                "to", List.of("2026-01-02T01:00:00.5+01:00"),
                "cursor", List.of(cursor.token()),
                "limit", List.of("200")));

        assertThat(query)
                .isEqualTo(new LogQuery(
                        null,
                        "shop",
                        UUID.fromString(ID),
                        LogLevel.WARN,
                        "backup.failed.v1",
                        List.of("%permission%", "%denied%"),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-01-02T00:00:00.5Z"),
                        cursor,
                        200));
    }

    @Test
    void a_source_that_is_a_uuid_is_an_id() {
        var query = LogQueryParameters.parse(Map.of("source", List.of(ID)));

        assertThat(query.sourceId()).isEqualTo(UUID.fromString(ID));
        assertThat(query.sourceName()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "colour, red",
        "Source, shop",
        "backup, 1-2-3-4-5",
        "backup, nonsense",
        "level, loud",
        "level, '  '",
        "source, ''",
        "text, ''",
        "from, yesterday",
        "from, 2026-01-01",
        "from, 2026-01-01T00:00:00",
        "from, 2026-13-01T00:00:00Z",
        "from, 2026-01-01T00:00:00 01:00",
        "to, +999999999-01-01T00:00:00Z",
        "cursor, zzz",
        "cursor, '!'",
        "cursor, MTox:",
        "limit, 0",
        "limit, 201",
        "limit, -1",
        "limit, 1.5",
        "limit, ٣",
        "limit, 99999999999999999999"
    })
    void what_is_unknown_or_unreadable_is_named(String name, String value) {
        assertThat(errorsOf(Map.of(name, List.of(value))))
                .extracting(InvalidParameter::parameter)
                .containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999999999:1", "1:9999999999999999999", "1", "a:b", "1:-1"})
    void a_forged_cursor_is_refused(String form) {
        var token =
                java.util.Base64.getUrlEncoder().encodeToString(form.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(LogCursor.parse(token)).isEmpty();
    }

    @Test
    void all_mistakes_are_told_at_once() {
        assertThat(errorsOf(Map.of(
                        "level", List.of("loud"), "limit", List.of("0"), "text", List.of("a", "b"), "x", List.of("1"))))
                .extracting(InvalidParameter::parameter)
                .containsExactlyInAnyOrder("x", "level", "text", "limit");
    }

    @Test
    void a_time_range_that_ends_before_it_begins_is_refused() {
        assertThat(errorsOf(Map.of("from", List.of("2026-01-02T00:00:00Z"), "to", List.of("2026-01-01T00:00:00Z"))))
                .containsExactly(new InvalidParameter("to", "must not be earlier than from", "INVALID_VALUE"));
    }

    @Test
    void a_text_may_neither_hold_nul_nor_be_endless() {
        assertThat(errorsOf(Map.of("text", List.of("a\0b")))).hasSize(1);
        assertThat(errorsOf(Map.of("text", List.of("a".repeat(501))))).hasSize(1);
    }

    private static List<InvalidParameter> errorsOf(Map<String, List<String>> parameters) {
        return assertThatExceptionOfType(InvalidParameters.class)
                .isThrownBy(() -> LogQueryParameters.parse(parameters))
                .actual()
                .errors();
    }
}
