package dev.holdfast.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.api.web.problem.ApiProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Ada\u200b", "A\u00adda", "\u202eadA", "A\u2028da", "\ufeffAda", "A\u0000da"})
    void what_nobody_sees_is_no_part_of_a_name(String name) {
        assertThatExceptionOfType(ApiProblem.class).isThrownBy(() -> AccountName.checked(name));
    }

    @Test
    void the_same_letters_are_the_same_name_however_they_are_typed() {
        assertThat(AccountName.checked("Rene\u0301 ")).isEqualTo("Ren\u00e9").isEqualTo(AccountName.of("Ren\u00e9"));
        assertThat(AccountName.checked("\u674e \u56db")).isEqualTo("\u674e \u56db");
    }
}
