package dev.holdfast.notification.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventDataTest {
    @Test
    void whatever_is_called_like_a_secret_is_left_out_at_any_depth() {
        var data = parse("""
                         {"sealedPassword": "s1", "name": "n", "app": [{"DB_PASSWORD": "s2", "api-key": "s3", "tokens": 2}],
                          "connection": {"accessToken": {"value": "s4"}, "host": "h"}}
                         """);

        assertThat(data.json()).isEqualTo("{\"name\":\"n\",\"app\":[{\"tokens\":2}],\"connection\":{\"host\":\"h\"}}");
        assertThat(data.texts()).containsExactly("n", "h");
    }

    @Test
    void an_extension_that_only_sounds_like_one_stays() {
        assertThat(parse("{\"extensions\": {\"passwordcheck\": \"1.0\"}}").json())
                .contains("passwordcheck");
    }

    @Test
    void numbers_keep_their_value() {
        assertThat(parse("[1.10, 12345678901234567890, 1e400]").json()).isEqualTo("[1.10,12345678901234567890,1E+400]");
    }

    @Test
    void a_number_that_no_database_could_write_out_is_kept_as_text() {
        assertThat(parse("[1e999999, -1E-999999, {\"a\": 1e1000}]").json())
                .isEqualTo("[\"1E+999999\",\"-1E-999999\",{\"a\":1E+1000}]");
    }

    @Test
    void characters_that_the_database_refuses_are_replaced_in_names_and_values() {
        assertThat(parse("{\"a\\u0000\": \"\\ud800x\"}").json()).isEqualTo("{\"a\ufffd\":\"\ufffdx\"}");
    }

    @Test
    void no_data_is_an_empty_object_and_broken_data_is_none() {
        assertThat(parse("").json()).isEqualTo("{}");
        assertThat(EventData.parse("{\"a\": 1} x".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(EventData.parse("{\"a\": 1, \"a\": 2}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(EventData.parse(new byte[] {'"', (byte) 0xff, '"'})).isEmpty();
        assertThat(EventData.parse("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void texts_of_the_catalogue_are_not_searched() {
        var data = parse("{\"failure\": {\"summary\": \"s\", \"cause\": \"c\", \"remedies\": [{\"title\": \"t\"}]}}");

        assertThat(data.texts()).containsExactly("s");
        assertThat(data.json()).contains("\"title\":\"t\"");
    }

    private static EventData parse(String json) {
        return EventData.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
