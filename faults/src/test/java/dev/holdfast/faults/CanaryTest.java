package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryTest {
    private static final String SECRET = "canary-of-the-test-7";

    @Test
    void the_place_that_has_the_secret_is_named_and_no_other() {
        var canary =
                new Canary(SECRET).lookIn("log", "password=" + SECRET + "!").lookIn("event", "nothing");

        assertThat(canary.found()).containsExactly("log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "user:"})
    void it_is_found_in_base64_wherever_it_begins(String before) {
        var text = Base64.getEncoder().encodeToString((before + SECRET + "@host").getBytes(StandardCharsets.UTF_8));

        assertThat(new Canary(SECRET).lookIn("header", text).found()).containsExactly("header");
    }
}
