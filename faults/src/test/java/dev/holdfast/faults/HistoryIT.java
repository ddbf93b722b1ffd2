package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Many requests while everything dies at random: what was accepted ends once, and what lies on the disk is what was told. */
@FaultRows
class HistoryIT {
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("holdfast.faults.history-seconds", 120));
    private static final int REQUESTS = Integer.getInteger("holdfast.faults.history-requests", 200);
    private static final long SEED = Long.getLong("holdfast.faults.seed", System.nanoTime());

    @Test
    @Timeout(value = 2, unit = java.util.concurrent.TimeUnit.HOURS, threadMode = ThreadMode.SAME_THREAD)
    void every_accepted_request_ends_once_whatever_dies(Installation holdfast) throws Exception {
        System.out.println("history of " + LENGTH + " and " + REQUESTS + " requests: -Dholdfast.faults.seed=" + SEED);
        var sources = holdfast.smallSources(12);
        holdfast.worker("worker-2").process().start().awaitReady();
        int before = holdfast.rest().accepted().size();
        var mayhem = new Mayhem(holdfast, new Random(SEED));
        long until = System.nanoTime() + LENGTH.toNanos();
        var chaos = Thread.ofPlatform().name("mayhem").start(() -> {
            while (System.nanoTime() < until) {
                mayhem.next();
            }
        });

        var clients = new Random(SEED);
        long pause = LENGTH.toNanos() / REQUESTS;
        int refused = 0;
        while (chaos.isAlive()) {
            long next = System.nanoTime() + pause;
            if (holdfast.rest().accepted().size() - before < REQUESTS) {
                refused += isAccepted(holdfast, sources.get(clients.nextInt(sources.size()))) ? 0 : 1;
            }
            await().pollInterval(Duration.ofMillis(20)).atMost(LENGTH).until(() -> System.nanoTime() >= next);
        }
        chaos.join();
        long over = System.nanoTime();
        holdfast.recover();
        long recovered = System.nanoTime();

        var accepted = new ArrayList<>(holdfast.rest()
                .accepted()
                .subList(before, holdfast.rest().accepted().size()));
        System.out.println(
                "%d accepted, %d refused or unanswered, during %s".formatted(accepted.size(), refused, mayhem.done()));
        assertThat(accepted).as("enough to tell anything").hasSizeGreaterThan(REQUESTS / 30);
        // Also those whose answer was lost on the way.
        await("the end of all")
                .atMost(LENGTH.multipliedBy(2).plusMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(
                                holdfast.column("select id from api.backup where status in ('REQUESTED', 'RUNNING')"))
                        .isEmpty());
        System.out.printf(
                "everything ran again after %d s, and all had ended %d s later%n",
                Duration.ofNanos(recovered - over).toSeconds(),
                Duration.ofNanos(System.nanoTime() - recovered).toSeconds());
        assertThat(holdfast.column(
                        "select distinct status from api.backup where id in ('" + String.join("','", accepted) + "')"))
                .containsExactly("COMPLETED");
        assertThat(mayhem.troubles()).isEmpty();
    }

    private static boolean isAccepted(Installation holdfast, String source) {
        try {
            var answer = holdfast.rest().tryRequest(source);
            assertThat(answer.statusCode()).as(answer.body()).isIn(202, 503);
            return answer.statusCode() == 202;
        } catch (IOException e) {
            // The service that should answer is dead.
            return false;
        }
    }
}
