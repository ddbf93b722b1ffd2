package dev.holdfast.notification.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {

    @Test
    void a_short_text_is_shown_as_it_is_on_one_line() {
        assertThat(of("{\"name\":\n \"shop\"}")).isEqualTo("{\"name\":\"shop\"}");
        assertThat(of("no\n JSON")).isEqualTo("no JSON");
        assertThat(of("a\0b")).doesNotContain("\0");
        assertThat(of("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\": \"hunter2\"}",
                "{\"Db_Password\":\"hunter2",
                "{\"password\": \"a\\\"hunter2\", broken",
                "{\"apiKey\": \"hunter2\"}",
                "{\"password\": {\"value\": \"hunter2\"}}",
                "{\"sealedPassword\": [\"hunter2\"]}",
                "host=db password=hunter2 user=u",
                "password='hunter2 hunter2'",
                "token: hunter2",
                "postgresql://u:hunter2@db/shop",
                "password=\"hunter2\"",
                "token = \"hunter2\"",
                "{'password': 'hunter2'}",
                "{\"data\":\"{\\\"password\\\":\\\"hunter2\\\"}\"}",
                "postgres://u:hun/ter2hunter2@db",
                "{\"url\": \"postgres://u:hun/ter2hunter2@db\"}",
                "Authorization: Bearer hunter2",
                "curl -H 'X-Api-Key: hunter2'",
                "private\nkey: hunter2",
                "{\"password\": {\n \"value\": \"hunter2\"\n}}",
                "{\"password\": {\n \"value\": \"hunter2\"\n}",
                "{\"password\": [\n \"hunter2\"",
                "{\"pass\\u0077ord\": \"hunter2\"}",
                "{\"pass\\u0077ord\": \"hunter2\"",
                "{\"name\": \"PGPASSWORD\", \"value\": \"hunter2\"}",
                "{\"value\": \"hunter2\", \"name\": \"PGPASSWORD\"}",
                "[\"--password\", \"hunter2\"]",
                "{\"a\": [{\"b\": \"password=hunter2\"}]}",
                "{\"password=hunter2\": 1}",
                "\"password=hunter2\"",
                "p\0a\0s\0s\0w\0o\0r\0d\0=\0hunter2"
            })
    void a_secret_is_masked_however_broken_the_text_around_it_is(String text) {
        assertThat(of(text)).doesNotContain("hunter2").contains("***");
    }

    @Test
    void a_secret_that_is_a_number_is_masked_and_what_is_none_is_shown() {
        assertThat(of("{\"password\": 12345, \"name\": \"shop\"}"))
                .isEqualTo("{\"password\":\"***\",\"name\":\"shop\"}");
        assertThat(of("name=shop password=12345")).isEqualTo("name=shop password***");
    }

    @Test
    void no_text_takes_long_to_be_masked() {
        for (var piece : List.of(
                "a", "a ", "password", "password ", "pass", "api_", "://", "://@", "\"", "\\", "[", "{\"a\":")) {
            var body = piece.repeat((1 << 20) / piece.length());

            assertThat(assertTimeoutPreemptively(Duration.ofSeconds(30), () -> of(body)))
                    .hasSizeLessThan(600);
        }
    }

    @Test
    void a_long_text_is_cut_even_within_a_character() {
        assertThat(of("x" + "ä".repeat(1 << 20))).startsWith("xä").endsWith("…").hasSizeLessThan(600);
    }

    @Test
    void what_is_no_text_is_shown_as_hexadecimal_digits() {
        assertThat(Excerpt.of(new byte[] {(byte) 0xac, (byte) 0xed, 0, 5})).isEqualTo("no text, begins with aced0005");
    }

    private static String of(String text) {
        return Excerpt.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
