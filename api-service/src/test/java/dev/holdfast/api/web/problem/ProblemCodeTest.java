package dev.holdfast.api.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemCodeTest {

    @ParameterizedTest
    @EnumSource
    void each_says_what_it_is_and_what_to_do(ProblemCode code) {
        assertThat(code.title()).isNotBlank();
        assertThat(code.fix()).isNotBlank();
        assertThat(code.status()).isBetween(400, 599);
    }

    /** Users set variables; the names of our properties mean nothing to them. */
    @ParameterizedTest
    @EnumSource
    void a_setting_is_named_as_it_is_set(ProblemCode code) {
        assertThat(code.fix()).doesNotContainPattern("(holdfast|spring|server)\\.[a-z]");
    }

    @Test
    void each_status_that_comes_without_a_code_gets_one() {
        assertThat(Arrays.stream(new int[] {400, 401, 414, 431, 500, 501, 503, 505})
                        .mapToObj(status -> Problem.ofStatus(status, "/")))
                .allSatisfy(problem -> assertThat(problem.fix()).isNotBlank())
                .extracting(Problem::status)
                .containsExactly(400, 401, 414, 431, 500, 501, 503, 505);
    }
}
