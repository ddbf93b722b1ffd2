package dev.holdfast.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupCancelRequested;
import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupProgressed;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final BackupId BACKUP = BackupId.next();
    private static final SourceId SOURCE = SourceId.next();

    @Test
    void a_backup_runs_from_its_start_to_its_end() {
        var requested = Course.requested(1, 10);
        var started = requested.after(started(20, 1));
        var progressed = started.after(progressed(30, 1, 5000));
        var completed = progressed.after(completed(40, 1));

        assertThat(requested.status()).isEqualTo(BackupStatus.REQUESTED);
        assertThat(started.status()).isEqualTo(BackupStatus.RUNNING);
        assertThat(progressed.presentStep().bytesWritten()).isEqualTo(5000);
        assertThat(completed.status()).isEqualTo(BackupStatus.COMPLETED);
        assertThat(completed.newest()).isEqualTo(40);
        assertThat(completed.outcome().path()).isEqualTo("/backups/shop");
    }

    @Test
    void an_end_that_comes_before_the_start_stays_the_end() {
        var completed = Course.requested(1, 10).after(completed(40, 1));

        var late = completed.after(progressed(30, 1, 5000)).after(started(20, 1));

        assertThat(late.status()).isEqualTo(BackupStatus.COMPLETED);
        assertThat(late.start().at()).isEqualTo(NOON.plusSeconds(20));
    }

    @Test
    void a_failure_that_is_tried_again_keeps_it_running_in_no_phase() {
        var course = Course.requested(1, 10).after(progressed(20, 1, 5000)).after(failed(30, 1, true));

        assertThat(course.status()).isEqualTo(BackupStatus.RUNNING);
        assertThat(course.presentStep()).isNull();
        assertThat(course.after(progressed(40, 2, 10)).attempt()).isEqualTo(2);
    }

    @Test
    void a_retry_forgets_what_was_before_it_whenever_that_arrives() {
        var failed = Course.requested(1, 10).after(started(20, 1)).after(failed(30, 1, false));

        var again = failed.after(requested(40, 2));

        assertThat(again.status()).isEqualTo(BackupStatus.REQUESTED);
        assertThat(again.outcome()).isNull();
        assertThat(again.start()).isNull();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.after(cancelled(35, 1))).isEqualTo(again);
    }

    @Test
    void a_wish_to_cancel_decides_nothing() {
        var course = Course.requested(1, 10).after(started(20, 1));

        var asked = course.after(cancelRequested(25, 1));

        assertThat(asked.status()).isEqualTo(BackupStatus.RUNNING);
        assertThat(asked.isCancelAsked()).isTrue();
        assertThat(asked.after(requested(50, 2)).isCancelAsked()).isFalse();
    }

    /** -Dholdfast.histories and -Dholdfast.seed: how many, and the one to begin with, as a failure names it. */
    @Test
    void every_order_and_any_repetition_of_a_history_comes_to_the_same() {
        long first = Long.getLong("holdfast.seed", System.nanoTime());
        long count = Long.getLong("holdfast.histories", 100_000);
        for (long seed = first; seed < first + count; seed++) {
            var random = new Random(seed);
            var history = history(random);
            var expected = told(history);

            var delivered = new ArrayList<>(history);
            history.stream().filter(event -> random.nextBoolean()).forEach(delivered::add);
            Collections.shuffle(delivered, random);

            if (!told(delivered).equals(expected) || expected.status() != statusAfter(history)) {
                fail(
                        "-Dholdfast.seed=%d -Dholdfast.histories=1: %s came to %s, in order to %s",
                        seed, delivered, told(delivered), expected);
            }
        }
        System.out.printf("%,d histories from seed %d came to one state each%n", count, first);
    }

    private static Course told(List<EventEnvelope> events) {
        var course = Course.requested(1, 1);
        for (var event : events) {
            course = course.after(event);
        }
        return course;
    }

    /** What the newest event that says something about the status says. */
    private static BackupStatus statusAfter(List<EventEnvelope> inOrder) {
        var last = inOrder.stream()
                .filter(event -> !(event.data() instanceof BackupCancelRequested))
                .reduce((first, second) -> second);
        return last.map(event -> switch ((BackupEvent) event.data()) {
                    case BackupRequested data -> BackupStatus.REQUESTED;
                    case BackupCompleted data -> BackupStatus.COMPLETED;
                    case BackupCancelled data -> BackupStatus.CANCELLED;
                    case BackupFailed data -> data.willRetry() ? BackupStatus.RUNNING : BackupStatus.FAILED;
                    case BackupStarted data -> BackupStatus.RUNNING;
                    case BackupProgressed data -> BackupStatus.RUNNING;
                    case BackupCancelRequested data -> throw new AssertionError();
                })
                .orElse(BackupStatus.REQUESTED);
    }

    private static List<EventEnvelope> history(Random random) {
        var events = new ArrayList<EventEnvelope>();
        long sequence = 1;
        for (int count = random.nextInt(20); count > 0; count--) {
            sequence += 1 + random.nextInt(5);
            int attempt = 1 + random.nextInt(3);
            events.add(
                    switch (random.nextInt(8)) {
                        case 0 -> requested(sequence, attempt);
                        case 1 -> started(sequence, attempt);
                        case 2, 3 -> progressed(sequence, attempt, random.nextInt(1000));
                        case 4 -> failed(sequence, attempt, random.nextBoolean());
                        case 5 -> cancelRequested(sequence, attempt);
                        case 6 -> cancelled(sequence, attempt);
                        default -> completed(sequence, attempt);
                    });
        }
        return events;
    }

    private static EventEnvelope requested(long sequence, int attempt) {
        return envelope(
                sequence,
                new BackupRequested(
                        BACKUP,
                        SOURCE,
                        "shop",
                        attempt,
                        "nightly",
                        null,
                        BackupType.FULL,
                        false,
                        List.of(),
                        new SourceConnection("127.0.0.1", 5432, "shop", "shop", SslMode.PREFER),
                        new SealedSecret("c2VhbGVk"),
                        Map.of()));
    }

    private static EventEnvelope started(long sequence, int attempt) {
        return envelope(sequence, new BackupStarted(BACKUP, SOURCE, "shop", attempt, "w1", "17.12", "17.12"));
    }

    private static EventEnvelope progressed(long sequence, int attempt, long bytes) {
        return envelope(sequence, new BackupProgressed(BACKUP, SOURCE, "shop", attempt, BackupPhase.DUMP, bytes, 0, 0));
    }

    private static EventEnvelope failed(long sequence, int attempt, boolean willRetry) {
        var failure = Failure.of(FailureCode.SOURCE_UNREACHABLE, "no answer", "refused", Map.of());
        return envelope(sequence, new BackupFailed(BACKUP, SOURCE, "shop", attempt, failure, "", willRetry, null));
    }

    private static EventEnvelope cancelRequested(long sequence, int attempt) {
        return envelope(sequence, new BackupCancelRequested(BACKUP, SOURCE, "shop", attempt));
    }

    private static EventEnvelope cancelled(long sequence, int attempt) {
        return envelope(sequence, new BackupCancelled(BACKUP, SOURCE, "shop", attempt));
    }

    private static EventEnvelope completed(long sequence, int attempt) {
        return envelope(
                sequence,
                new BackupCompleted(
                        BACKUP,
                        SOURCE,
                        "shop",
                        attempt,
                        "/backups/shop",
                        List.of(new Artifact("database.dump", 7, "ab".repeat(32))),
                        7,
                        Duration.ofSeconds(3),
                        new BackupMetadata("17.12", "17.12", 9, Map.of(), Map.of(), Map.of())));
    }

    private static EventEnvelope envelope(long sequence, BackupEvent data) {
        return new EventEnvelope(new UUID(0, sequence), "/holdfast/test", NOON.plusSeconds(sequence), sequence, data);
    }
}
