package dev.holdfast.worker.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StopSignalTest {
    final StopSignal stop = new StopSignal();
    final List<String> ran = new ArrayList<>();

    @Test
    void a_signal_that_was_not_given_stops_nobody() {
        assertThat(stop.stopped()).isFalse();
        assertThatCode(stop::check).doesNotThrowAnyException();
    }

    @Test
    void the_first_reason_stays_and_each_hook_runs_once() {
        stop.onStop(() -> ran.add("kill"));

        stop.stop(failure(FailureCode.CANCELLED));
        stop.stop(failure(FailureCode.TIMED_OUT));

        assertThat(ran).containsExactly("kill");
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(stop::check)
                .matches(e -> e.failure().code() == FailureCode.CANCELLED);
    }

    @Test
    void a_hook_that_was_taken_back_does_not_run() {
        stop.onStop(() -> ran.add("kill")).close();

        stop.stop(failure(FailureCode.CANCELLED));

        assertThat(ran).isEmpty();
    }

    @Test
    void a_hook_that_comes_after_the_signal_runs_at_once() {
        stop.stop(failure(FailureCode.CANCELLED));

        stop.onStop(() -> ran.add("kill"));

        assertThat(ran).containsExactly("kill");
    }

    private static Failure failure(FailureCode code) {
        return Failure.of(code, "why", "", Map.of());
    }
}
