package dev.holdfast.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {

    @ParameterizedTest
    @CsvSource({"PT0S, 0:00", "PT9.9S, 0:09", "PT10M1S, 10:01", "PT26H3M4S, 26:03:04"})
    void times_have_hours_only_where_there_are_some(Duration time, String shown) {
        assertThat(Elapsed.text(time)).isEqualTo(shown);
    }
}
