package dev.holdfast.notification.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private final RetrySchedule schedule =
            new RetrySchedule(Duration.ofSeconds(1), Duration.ofMinutes(5), new Random(1));

    @Test
    void pauses_double_up_to_the_longest_and_are_never_quite_the_same() {
        assertThat(schedule.after(1)).isBetween(Duration.ofMillis(800), Duration.ofSeconds(1));
        assertThat(schedule.after(4)).isBetween(Duration.ofMillis(6_400), Duration.ofSeconds(8));
        assertThat(schedule.after(1_000)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(schedule.after(4)).isNotEqualTo(schedule.after(4));
    }
}
