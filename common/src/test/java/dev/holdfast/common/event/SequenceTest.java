package dev.holdfast.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.000001Z");

    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);

    @Test
    void the_first_number_is_the_time_in_microseconds() {
        assertThat(Sequence.after(0, clock)).isEqualTo(1_795_435_200_000_001L);
    }

    @Test
    void two_events_of_one_moment_get_two_numbers() {
        var first = Sequence.after(0, clock);

        assertThat(Sequence.after(first, clock)).isEqualTo(first + 1);
    }

    @Test
    void an_answer_sorts_after_its_question_although_the_clock_of_the_one_who_answers_is_slow() {
        var slow = Clock.offset(clock, Duration.ofHours(-1));
        var request = Sequence.after(0, clock);

        var started = Sequence.after(request, slow);
        var cancelled = Sequence.after(started, clock);

        assertThat(request).isLessThan(started);
        assertThat(started).isLessThan(cancelled);
    }

    @Test
    void a_clock_that_is_set_back_does_not_turn_the_order_around() {
        var before = Sequence.after(0, clock);

        assertThat(Sequence.after(before, Clock.offset(clock, Duration.ofDays(-1))))
                .isGreaterThan(before);
    }

    @Test
    void whoever_has_seen_a_number_writes_a_greater_one_whatever_the_clocks_do() {
        var random = new Random(42);
        var newest = 0L;
        var numbers = new ArrayList<Long>();
        for (var i = 0; i < 10_000; i++) {
            var wrong = Clock.offset(clock, Duration.ofMillis(random.nextInt(-100_000, 100_000)));
            newest = Sequence.after(newest, wrong);
            numbers.add(newest);
        }

        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }
}
