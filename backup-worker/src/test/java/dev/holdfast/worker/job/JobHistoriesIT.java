package dev.holdfast.worker.job;

import static dev.holdfast.worker.job.Requests.aCancel;
import static dev.holdfast.worker.job.Requests.aRequest;
import static dev.holdfast.worker.job.Requests.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.id.BackupId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Requests, cancels and retries of one backup, in any order and any number. -Dholdfast.histories and -Dholdfast.seed: how many, and
 * the one to begin with, as a failure names it.
 */
class JobHistoriesIT {
    /** In one transaction, which is rolled back: a connection costs more than a history. */
    private static final int AT_ONCE = 50;

    private final JobFixture fixture = new JobFixture(Clock.systemUTC());

    @Test
    void every_order_and_any_repetition_of_what_is_asked_comes_to_the_newest_wish() {
        long first = Long.getLong("holdfast.seed", System.nanoTime());
        long count = Long.getLong("holdfast.histories", 1_000);
        for (long at = 0; at < count; at += AT_ONCE) {
            long from = first + at;
            long to = first + Math.min(count, at + AT_ONCE);
            fixture.transaction().executeWithoutResult(status -> {
                status.setRollbackOnly();
                LongStream.range(from, to).forEach(this::assertNewestWish);
            });
        }
        System.out.printf("%,d histories from seed %d came to one state each%n", count, first);
    }

    private void assertNewestWish(long seed) {
        var random = new Random(seed);
        var id = BackupId.next();
        int attempts = 1 + random.nextInt(3);
        var cancelled = IntStream.rangeClosed(1, attempts)
                .filter(at -> random.nextInt(3) == 0)
                .boxed()
                .toList();
        var delivered = delivered(history(id, attempts, cancelled), random);

        boolean runs = !cancelled.contains(attempts);
        var failure = "-Dholdfast.seed=%d -Dholdfast.histories=1: %s";

        delivered.forEach(fixture::accept);

        assertThat(fixture.jobs.standing(id))
                .as(failure, seed, delivered)
                .contains(new JobStanding(attempts, runs ? JobState.QUEUED : JobState.CANCELLED, !runs));
        assertThat(attemptsThatRun(id)).as(failure, seed, delivered).isEqualTo(runs ? List.of(attempts) : List.of());
    }

    /** Which of its requests the scheduler would get to run, whatever entries it has; nothing of it runs afterwards. */
    private List<Integer> attemptsThatRun(BackupId id) {
        return fixture.scheduled().stream()
                .map(DueJob::ofInstance)
                .filter(due -> due.id().equals(id))
                .flatMap(due -> fixture.ledger.claim(due, Claimant.of("w")).stream())
                .map(job -> {
                    fixture.ledger.cancelled(job);
                    return job.attempt();
                })
                .toList();
    }

    private static List<EventEnvelope> history(BackupId id, int attempts, List<Integer> cancelled) {
        var events = new ArrayList<EventEnvelope>();
        for (int attempt = 1; attempt <= attempts; attempt++) {
            events.add(envelope(aRequest(id, attempt), 100L * attempt));
            if (cancelled.contains(attempt)) {
                events.add(envelope(aCancel(id, attempt), 100L * attempt + 50));
            }
        }
        return events;
    }

    /** Some come twice, as the same message or as another one with the same words. */
    private static List<EventEnvelope> delivered(List<EventEnvelope> history, Random random) {
        var delivered = new ArrayList<>(history);
        for (var event : history) {
            if (random.nextBoolean()) {
                delivered.add(event);
            }
            if (random.nextInt(4) == 0) {
                delivered.add(envelope((BackupEvent) event.data(), event.sequence() + 1));
            }
        }
        Collections.shuffle(delivered, random);
        return delivered;
    }
}
