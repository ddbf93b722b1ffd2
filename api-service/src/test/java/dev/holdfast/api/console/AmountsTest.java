package dev.holdfast.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private final Amounts amounts = new Amounts(Clock.fixed(NOON, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "1023,1023 B",
        "1024,1.0 KiB",
        "1048575,1.0 MiB",
        "13826804,13.2 MiB",
        "1099511627776,1.0 TiB",
        "9223372036854775807,8.0 EiB"
    })
    void sizes_have_the_unit_that_fits(long bytes, String text) {
        assertThat(amounts.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.84S,0.8 s",
        "PT9.96S,10 s",
        "PT59.7S,1 min 0 s",
        "PT3M12S,3 min 12 s",
        "PT2H5M,2 h 5 min",
        "PT27H,1 d 3 h",
        "PT0.012S,12 ms",
        "PT-5S,0 ms"
    })
    void durations_have_two_units_at_most(Duration duration, String text) {
        assertThat(amounts.duration(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT4S,just now",
        "PT-4S,just now",
        "PT59S,59 s ago",
        "PT61S,1 min ago",
        "PT23H,23 h ago",
        "PT24H,1 day ago",
        "P400D,400 days ago"
    })
    void ages_are_whole_units(Duration age, String text) {
        assertThat(amounts.ago(NOON.minus(age))).isEqualTo(text);
    }

    @Test
    void what_is_not_there_is_a_dash() {
        assertThat(amounts.bytes(null)).isEqualTo("–");
        assertThat(amounts.between(null, NOON)).isEqualTo("–");
        assertThat(amounts.rate(100L, Duration.ofMillis(10))).isEqualTo("–");
    }

    @Test
    void a_rate_is_bytes_within_a_second() {
        assertThat(amounts.rate(2_097_152L, Duration.ofSeconds(2))).isEqualTo("1.0 MiB/s");
    }
}
