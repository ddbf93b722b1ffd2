package dev.holdfast.notification.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "999949, 999.9 kB",
        "999951, 1.0 MB",
        "12345678, 12.3 MB",
        "9223372036854775807, 9.2 EB"
    })
    void sizes_have_the_unit_that_fits(long bytes, String text) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0.0 s",
        "PT4.23S, 4.2 s",
        "PT59.949S, 59.9 s",
        "PT59.95S, 1 min 0 s",
        "PT3M12S, 3 min 12 s",
        "PT59M59.6S, 1 h 0 min",
        "PT26H5M, 26 h 5 min"
    })
    void durations_have_the_units_that_fit(Duration duration, String text) {
        assertThat(Amounts.duration(duration)).isEqualTo(text);
    }
}
