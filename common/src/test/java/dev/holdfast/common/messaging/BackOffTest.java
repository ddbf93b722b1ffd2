package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private final BackOff backOff = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(1));

    @Test
    void each_pause_is_twice_as_long_up_to_the_longest() {
        assertThat(Stream.generate(backOff::next).limit(4).map(Duration::toMillis))
                .containsExactly(250L, 500L, 1000L, 1000L);
    }

    @Test
    void it_starts_anew_after_a_success() {
        backOff.next();
        backOff.next();

        backOff.reset();

        assertThat(backOff.next()).hasMillis(250);
    }
}
