package dev.holdfast.common.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "1023,1023 B",
        "1024,1.0 KiB",
        "1048524,1023.9 KiB",
        "1048575,1.0 MiB",
        "13826804,13.2 MiB",
        "1099511627776,1.0 TiB",
        "9223372036854775807,8.0 EiB"
    })
    void sizes_have_the_unit_that_fits(long bytes, String text) {
        assertThat(Quantities.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.84S,0.8 s",
        "PT4.23S,4.2 s",
        "PT9.96S,10 s",
        "PT59.7S,1 min 0 s",
        "PT3M12S,3 min 12 s",
        "PT59M59.6S,1 h 0 min",
        "PT2H5M,2 h 5 min",
        "PT27H,1 d 3 h",
        "PT0.012S,12 ms",
        "PT-5S,0 ms"
    })
    void durations_have_two_units_at_most(Duration duration, String text) {
        assertThat(Quantities.duration(duration)).isEqualTo(text);
    }
}
