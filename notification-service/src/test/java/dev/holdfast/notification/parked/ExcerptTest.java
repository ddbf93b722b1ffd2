package dev.holdfast.notification.parked;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {

    @Test
    void a_short_text_is_shown_as_it_is_on_one_line() {
        assertThat(of("{\"name\":\n \"shop\"}")).isEqualTo("{\"name\": \"shop\"}");
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
                "postgresql://u:hunter2@db/shop"
            })
    void a_secret_is_masked_however_broken_the_text_around_it_is(String text) {
        assertThat(of(text)).doesNotContain("hunter2").contains("***");
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
