package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows C9 to C13: workers that are stopped, frozen, starved, many. */
@FaultRows
class WorkerTroubleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The lease, of 3 s here, and 30 s. */
    private static final Duration HANDED_ON = Duration.ofSeconds(33);

    private static final int TERMINATED = 128 + 15;

    @Test
    void a_worker_that_is_stopped_lets_go_of_its_dump_within_ten_seconds(Installation holdfast) {
        var id = dumping(holdfast);

        holdfast.worker().process().terminate();

        assertThat(holdfast.worker().process().awaitDeath(Duration.ofSeconds(10)))
                .isEqualTo(TERMINATED);
        assertThat(holdfast.column("select state from worker.job where id = '" + id + "'"))
                .containsExactly("queued");
        assertThat(new Volume(holdfast.storage()).parts()).isEmpty();
        assertThat(ProcessTable.dumpsOf(holdfast.directory())).isEmpty();
        holdfast.sources().network().heal();
        holdfast.worker().process().start().awaitReady();
        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"STREAMING", "RENAMED"})
    void a_worker_that_sleeps_past_its_lease_changes_nothing_when_it_wakes(Step step, Installation holdfast) {
        sleepsPastItsLease(step, holdfast);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"LEASED", "VERIFIED"})
    void a_worker_that_sleeps_before_or_after_its_dump_changes_nothing_when_it_wakes(Step step, Installation holdfast) {
        sleepsPastItsLease(step, holdfast);
    }

    private static void sleepsPastItsLease(Step step, Installation holdfast) {
        var sleeper = holdfast.worker();
        sleeper.freezeAt(step);
        var id = holdfast.rest().request(holdfast.smallSource("shop"));
        sleeper.process().awaitFrozen();
        sleeper.pardon();
        var other = holdfast.worker("worker-2");
        other.process().start().awaitReady();

        // Within the seal it holds the job's row: nobody can have the job before it goes on, and that is as safe.
        boolean holdsRow = step == Step.VERIFIED || step == Step.RENAMED;
        if (!holdsRow) {
            holdfast.rest().await(id, "completed", PATIENCE);
        }
        sleeper.process().thaw();

        holdfast.rest().await(id, "completed", PATIENCE);
        if (!holdsRow) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sleeper.process().log())
                            .contains("let go of the backup of shop: another worker has it now"));
            assertThat(holdfast.column("select worker || ' ' || attempt from worker.job where id = '" + id + "'"))
                    .containsExactly("worker-2 2");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"CLAIMING", "TELLING", "PASSING"})
    void a_worker_that_sleeps_in_a_transaction_holds_nobody_up(Step step, Installation holdfast) {
        sleepsInTransaction(step, HANDED_ON, holdfast);
    }

    /** Here it is the broker that has to miss it first. */
    @Tag("long")
    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"STORING", "PUBLISHED"})
    void a_worker_that_sleeps_in_a_transaction_holds_no_message_up(Step step, Installation holdfast) {
        sleepsInTransaction(step, PATIENCE, holdfast);
    }

    private static void sleepsInTransaction(Step step, Duration limit, Installation holdfast) {
        var source = holdfast.bulkySource("gallery", 12);
        var sleeper = holdfast.worker();
        sleeper.freezeAt(step);
        // For so long that there is something to tell.
        holdfast.sources().network().slowToClient(5_000_000);
        var id = holdfast.rest().request(source);
        sleeper.process().awaitFrozen();
        sleeper.pardon();
        holdfast.worker("worker-2").process().start().awaitReady();

        holdfast.rest().await(id, "completed", limit);
        assertThat(holdfast.column("select worker from worker.job where id = '" + id + "'"))
                .containsExactly("worker-2");
        sleeper.process().thaw();
        await("the sleeper's awakening")
                .atMost(PATIENCE)
                .until(() -> sleeper.process().isReady());
    }

    @Test
    void a_dump_that_somebody_kills_is_tried_again(Installation holdfast) {
        var id = dumping(holdfast);
        var dumps = ProcessTable.dumpsOf(holdfast.directory());

        dumps.forEach(pid -> Command.run("kill", "-KILL", Long.toString(pid)).succeeded());
        holdfast.sources().network().heal();

        assertThat(dumps).isNotEmpty();
        holdfast.rest().await(id, "completed", PATIENCE);
        assertThat(holdfast.rest().log(id))
                .filteredOn(entry -> entry.path("type").asString().contains("backup.failed"))
                .hasSize(1)
                .allMatch(entry -> entry.path("data").path("willRetry").asBoolean());
    }

    @Test
    void a_worker_without_memory_hands_its_backup_on(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        holdfast.worker().process().kill();
        var starved = holdfast.worker("starved");
        starved.process().jvm("-Xmx48m").start();
        var id = holdfast.rest().request(source);
        await("the end of either")
                .atMost(PATIENCE)
                .until(() -> !starved.process().isAlive()
                        || holdfast.rest().status(id).equals("completed"));
        if (!starved.process().isAlive()) {
            assertThat(starved.process().awaitDeath(Duration.ofSeconds(1))).isNotZero();
        }

        holdfast.worker().process().start().awaitReady();

        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @Test
    void a_worker_without_file_descriptors_ends_its_backups_all_the_same(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        var worker = holdfast.worker().process();
        worker.limitFilesToNowAnd(2);
        var ids = new ArrayList<String>();
        for (int n = 0; n < 3; n++) {
            ids.add(holdfast.rest().request(source));
        }
        await("a complaint, or the end")
                .atMost(PATIENCE)
                .until(() -> worker.log().contains("Too many open files")
                        || worker.log().contains("error=24")
                        || !worker.isAlive());

        if (worker.isAlive()) {
            worker.limitFiles("4096");
        } else {
            worker.start().awaitReady();
        }

        for (var id : ids) {
            holdfast.rest().awaitEnd(id, PATIENCE);
        }
        holdfast.rest().backUp(source);
    }

    @Test
    void three_workers_share_many_requests_run_none_twice_and_spare_the_server(Installation holdfast) {
        // Nobody dies here, and a lease of 3 s would have busy workers taken for dead.
        holdfast.worker().process().kill();
        for (int n = 1; n <= 3; n++) {
            holdfast.worker("worker-" + n)
                    .process()
                    .set("HOLDFAST_RUN_HEARTBEAT", "3s")
                    .start();
        }
        try {
            holdfast.workers().forEach(worker -> worker.process().awaitReady());
            share(holdfast);
        } finally {
            holdfast.worker().process().kill();
            holdfast.worker()
                    .process()
                    .set("HOLDFAST_RUN_HEARTBEAT", Installation.HEARTBEAT)
                    .start();
        }
    }

    private static void share(Installation holdfast) {
        var sources = holdfast.smallSources(12);
        var ids = new ArrayList<String>();
        for (int n = 0; n < 36; n++) {
            ids.add(holdfast.rest().request(sources.get(n % 12)));
        }
        var most = new AtomicInteger();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    most.accumulateAndGet(holdfast.sources().dumped().size(), Math::max);
                    return ids.stream()
                            .allMatch(id -> holdfast.rest().status(id).equals("completed"));
                });

        assertThat(most).as("dumps of one server at the same time").hasValueBetween(2, Installation.PER_SERVER);
        var in = "('" + String.join("','", ids) + "')";
        assertThat(holdfast.column("select distinct attempt from worker.job where id in " + in))
                .containsExactly("1");
        assertThat(holdfast.column("select count(*) from worker.job where id in " + in + " group by worker"))
                .hasSize(3)
                .allSatisfy(share -> assertThat(Integer.parseInt(share)).isGreaterThanOrEqualTo(5));
    }

    @Test
    @Tag("long")
    void four_workers_that_die_in_turn_lose_none_of_a_thousand_requests(Installation holdfast) {
        var sources = holdfast.smallSources(20);
        for (int n = 2; n <= 4; n++) {
            holdfast.worker("worker-" + n).process().start();
        }
        holdfast.workers().forEach(worker -> worker.process().awaitReady());
        var ids = new ArrayList<String>();
        for (int n = 0; n < 1000; n++) {
            ids.add(holdfast.rest().request(sources.get(n % 20)));
        }

        var turn = new int[] {0};
        await().atMost(Duration.ofMinutes(30))
                .pollInterval(Duration.ofSeconds(3))
                .until(() -> {
                    int next = turn[0]++ % 4 + 1;
                    var victim = holdfast.worker("worker-" + next).process();
                    // Those that start again must not be outrun, however slow the machine is.
                    if (victim.isReady()
                            && holdfast.workers().stream()
                                            .filter(worker -> worker.process().isReady())
                                            .count()
                                    > 2) {
                        victim.kill();
                    }
                    victim.start();
                    return holdfast.column("select count(*) from worker.job where ended_at is null")
                                    .equals(java.util.List.of("0"))
                            && holdfast.column("select count(*) from worker.job")
                                            .getFirst()
                                            .length()
                                    > 3;
                });

        for (var id : ids) {
            holdfast.rest().await(id, "completed", Duration.ofMinutes(2));
        }
    }

    /** A backup whose pg_dump runs, and would run for long. */
    private static String dumping(Installation holdfast) {
        var source = holdfast.bulkySource("gallery", 12);
        holdfast.sources().network().slowToClient(400_000);
        var id = holdfast.rest().request(source);
        await("the dump")
                .atMost(PATIENCE)
                .until(() -> !ProcessTable.dumpsOf(holdfast.directory()).isEmpty()
                        && holdfast.rest().backup(id).path("bytesWritten").asLong() > 0);
        return id;
    }
}
