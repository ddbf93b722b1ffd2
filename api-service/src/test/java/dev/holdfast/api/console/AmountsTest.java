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
