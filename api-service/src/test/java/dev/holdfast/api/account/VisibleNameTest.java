package dev.holdfast.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.api.web.problem.ApiProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Ada\u200b",
                "A\u00adda",
                "\u202eadA",
                "A\u2028da",
                "\ufeffAda",
                "A\u0000da",
                "\u3164",
                "\u115f",
                "\u2800",
                "Ada\u034f",
                "Ada\ufe0f",
                "A\u00a0da",
                "Ada\udb40\udd00"
            })
    void what_nobody_sees_is_no_part_of_a_name(String name) {
        assertThatExceptionOfType(ApiProblem.class).isThrownBy(() -> VisibleName.checked(name));
    }

    @Test
    void the_same_letters_are_the_same_name_however_they_are_typed() {
        assertThat(VisibleName.checked("Rene\u0301 ")).isEqualTo("Ren\u00e9").isEqualTo(VisibleName.of("Ren\u00e9"));
        assertThat(VisibleName.checked("\u674e \u56db")).isEqualTo("\u674e \u56db");
    }

    @Test
    void a_name_has_at_most_a_hundred_characters_whatever_their_size() {
        var elephants = "\ud83d\udc18".repeat(100);

        assertThat(VisibleName.checked(elephants)).isEqualTo(elephants);
        assertThatExceptionOfType(ApiProblem.class).isThrownBy(() -> VisibleName.checked(elephants + "x"));
        assertThat(VisibleName.without(elephants + "x")).isEqualTo(elephants);
    }

    @Test
    void what_somebody_else_calls_a_person_loses_what_nobody_sees() {
        assertThat(VisibleName.without("\u202eA\u0000da\u3164 ")).isEqualTo("Ada");
        assertThat(VisibleName.without("\u3164")).isEmpty();
    }
}
