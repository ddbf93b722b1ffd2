package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows C1 to C8: a worker is gone from one moment to the next. */
@FaultRows
class WorkerDeathIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int KILLED = 128 + 9;

    @ParameterizedTest
    @EnumSource(Step.class)
    void a_worker_that_is_killed_at_any_step_loses_nothing(Step step, Installation holdfast) {
        var source = holdfast.smallSource("shop");
        holdfast.worker().dieAt(step);

        var id = holdfast.rest().request(source);
        assertThat(holdfast.worker().process().awaitDeath(PATIENCE)).isEqualTo(KILLED);
        holdfast.worker().pardon();
        holdfast.worker().process().start().awaitReady();

        holdfast.rest().await(id, "completed", PATIENCE);
    }
}
