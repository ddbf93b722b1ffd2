package dev.holdfast.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureClass;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.worker.job.Job;
import dev.holdfast.worker.job.JobState;
import dev.holdfast.worker.job.Requests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetriesTest {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    final Retries retries = new Retries(
            new RunSettings(
                    "w1",
                    2,
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    3,
                    Duration.ofSeconds(10),
                    null,
                    Duration.ofSeconds(6)),
            Clock.fixed(NOON, ZoneOffset.UTC));

    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void only_what_may_pass_by_itself_is_tried_again(FailureCode code) {
        assertThat(retries.next(aJob(0), failure(code)).isPresent())
                .isEqualTo(code.failureClass() == FailureClass.RETRY_LATER);
    }

    @Test
    void pauses_grow_threefold_and_there_are_no_more_than_the_setting_says() {
        assertThat(pause(0)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
        assertThat(pause(1)).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
        assertThat(pause(2)).isBetween(Duration.ofSeconds(72), Duration.ofSeconds(108));
        assertThat(retries.next(aJob(3), failure(FailureCode.SOURCE_UNREACHABLE)))
                .isEmpty();
    }

    @Test
    void backups_that_failed_together_do_not_all_come_back_together() {
        var pauses = IntStream.range(0, 100).mapToObj(i -> pause(0)).collect(Collectors.toSet());

        assertThat(pauses).hasSizeGreaterThan(50);
    }

    private Duration pause(int setbacks) {
        return Duration.between(
                NOON,
                retries.next(aJob(setbacks), failure(FailureCode.SOURCE_UNREACHABLE))
                        .orElseThrow());
    }

    private static Failure failure(FailureCode code) {
        return Failure.of(code, "", "", Map.of());
    }

    private static Job aJob(int setbacks) {
        var id = BackupId.next();
        return new Job(
                Requests.aRequest(id, 1),
                NOON,
                1 + setbacks,
                JobState.RUNNING,
                "w1",
                NOON,
                setbacks,
                setbacks,
                0,
                1,
                false);
    }
}
