package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows C1 to C8: a worker is gone from one moment to the next. */
@FaultRows
class WorkerDeathIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int KILLED = 128 + 9;

    /** A death within a transaction is one before it. */
    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STORING", "CLAIMING", "TELLING", "PASSING"})
    void a_worker_that_is_killed_at_any_step_loses_nothing(Step step, Installation holdfast) {
        var source = holdfast.smallSource("shop");
        holdfast.worker().dieAt(step);

        var id = holdfast.rest().request(source);
        assertThat(holdfast.worker().process().awaitDeath(PATIENCE)).isEqualTo(KILLED);
        holdfast.worker().pardon();
        holdfast.worker().process().start().awaitReady();

        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    @Tag("long")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void a_worker_that_is_killed_some_time_after_any_step_loses_nothing(
            Step step, Installation holdfast, Invariants invariants) {
        long seed = Long.getLong("holdfast.faults.seed", System.nanoTime());
        System.out.println(step + ": -Dholdfast.faults.seed=" + seed);
        var random = new Random(seed);
        var source = holdfast.smallSource("shop");
        for (int n = 0; n < 25; n++) {
            holdfast.worker().dieAfter(step, 1 + random.nextInt(400));

            var id = holdfast.rest().request(source);
            holdfast.worker().process().awaitDeath(PATIENCE);
            holdfast.worker().pardon();
            holdfast.worker().process().start().awaitReady();

            holdfast.rest().await(id, "completed", PATIENCE);
            invariants.check();
        }
    }
}
