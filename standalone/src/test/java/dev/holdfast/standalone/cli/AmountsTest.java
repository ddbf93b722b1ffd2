package dev.holdfast.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.00 kB",
        "9994, 9.99 kB",
        "9996, 10.0 kB",
        "99940, 99.9 kB",
        "999499, 999 kB",
        "999500, 1.00 MB",
        "1240000000, 1.24 GB",
        "9223372036854775807, 9223 PB",
    })
    void sizes_have_three_digits(long bytes, String shown) {
        assertThat(Amounts.size(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0:00", "PT9.9S, 0:09", "PT10M1S, 10:01", "PT26H3M4S, 26:03:04"})
    void times_have_hours_only_where_there_are_some(Duration time, String shown) {
        assertThat(Amounts.time(time)).isEqualTo(shown);
    }
}
