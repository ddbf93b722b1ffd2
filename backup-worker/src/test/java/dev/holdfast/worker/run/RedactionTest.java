package dev.holdfast.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    final Redaction redaction = new Redaction();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p w'd&/ü",
                "p+w%27d%26%2F%C3%BC",
                "p%20w%27d%26%2F%C3%BC",
                "p w''d&/ü",
                "p w\\'d&/ü",
            })
    void a_password_is_masked_in_every_form_in_which_a_tool_might_repeat_it(String form) {
        redaction.hide("p w'd&/ü");

        assertThat(redaction.apply("failed for " + form + "@db")).isEqualTo("failed for ***@db");
    }

    @Test
    void a_short_password_is_masked_where_it_stands_alone() {
        redaction.hide("shop");

        assertThat(redaction.apply("postgresql://u:shop@shop.example/shop_db, password 'shop': the shopkeeper is out"))
                .isEqualTo("postgresql://u:***@***.example/shop_db, password '***': the shopkeeper is out");
    }

    @Test
    void a_longer_password_is_masked_within_words_too() {
        redaction.hide("secret");

        assertThat(redaction.apply("opensecrets")).isEqualTo("open***s");
    }

    @Test
    void an_empty_password_masks_nothing() {
        redaction.hide("");

        assertThat(redaction.apply("text")).isEqualTo("text");
    }

    @Test
    void a_failure_is_masked_in_its_words_and_keeps_its_remedies() {
        redaction.hide("shop");
        var failure =
                Failure.of(FailureCode.SOURCE_UNREACHABLE, "no shop", "shop?", Map.of("host", "shop", "port", "1"));

        var masked = redaction.apply(failure);

        assertThat(masked.summary()).isEqualTo("no ***");
        assertThat(masked.detail()).isEqualTo("***?");
        assertThat(masked.remedies()).isEqualTo(failure.remedies());
    }
}
