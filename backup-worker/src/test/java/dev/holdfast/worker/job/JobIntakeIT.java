package dev.holdfast.worker.job;

import static dev.holdfast.worker.job.Requests.aCancel;
import static dev.holdfast.worker.job.Requests.aRequest;
import static dev.holdfast.worker.job.Requests.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class JobIntakeIT {
    final JobFixture fixture = new JobFixture(Clock.systemUTC());
    final BackupId id = BackupId.next();
    final BackupId second = BackupId.next();

    @Test
    void a_request_is_queued_and_scheduled() {
        fixture.accept(envelope(aRequest(id, 1), 10));

        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.QUEUED, false));
        assertThat(fixture.scheduled()).containsExactly(id + "/1");
        assertThat(fixture.outbox.events()).isEmpty();
    }

    @Test
    void a_request_that_comes_twice_is_one_job_by_event_id_and_by_attempt() {
        var delivery = envelope(aRequest(id, 1), 10);

        fixture.accept(delivery);
        fixture.accept(delivery);
        fixture.accept(envelope(aRequest(id, 1), 11));

        assertThat(fixture.scheduled()).containsExactly(id + "/1");
    }

    @Test
    void nothing_stays_of_a_request_whose_transaction_fails() {
        fixture.transaction().executeWithoutResult(status -> {
            fixture.accept(envelope(aRequest(id, 1), 10));
            status.setRollbackOnly();
        });

        assertThat(fixture.jobs.standing(id)).isEmpty();
        assertThat(fixture.scheduled()).isEmpty();
    }

    @Test
    void a_later_attempt_opens_a_failed_job_again_and_an_earlier_one_does_not() {
        fixture.accept(envelope(aRequest(id, 1), 10));
        var run = fixture.claim(id, "w").orElseThrow();
        fixture.ledger.failed(run, aFailure(), "");

        fixture.accept(envelope(aRequest(id, 1), 11));
        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.FAILED, false));

        fixture.accept(envelope(aRequest(id, 2), 12));
        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(2, JobState.QUEUED, false));
        assertThat(fixture.scheduled()).contains(id + "/2/1");
        assertThat(fixture.ledger.claim(new DueJob(id, 1, 0), Claimant.of("w"))).isEmpty();
        assertThat(fixture.claim(id, "w").orElseThrow().attempt()).isEqualTo(2);
    }

    @Test
    void a_later_attempt_changes_nothing_while_a_job_is_at_work_or_complete() {
        fixture.accept(envelope(aRequest(id, 1), 10));
        var run = fixture.claim(id, "w").orElseThrow();

        fixture.accept(envelope(aRequest(id, 2), 11));
        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.RUNNING, false));

        fixture.ledger.completed(run, JobFixture::aCompletion);
        fixture.accept(envelope(aRequest(id, 2), 12));
        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.COMPLETED, false));
    }

    @Test
    void a_cancel_that_comes_before_its_request_ends_it_at_once() {
        fixture.accept(envelope(aCancel(id, 1), 20));
        fixture.accept(envelope(aRequest(id, 1), 10));

        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.CANCELLED, true));
        assertThat(fixture.scheduled()).isEmpty();
        assertThat(fixture.outbox.only(BackupCancelled.class).attempt()).isEqualTo(1);
        assertThat(fixture.outbox.envelopes().getFirst().sequence()).isGreaterThan(20);
    }

    @Test
    void a_queued_job_is_cancelled_without_waiting_for_a_worker() {
        fixture.accept(envelope(aRequest(id, 1), 10));
        fixture.accept(envelope(aCancel(id, 1), 11));
        fixture.accept(envelope(aCancel(id, 1), 12));

        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.CANCELLED, true));
        assertThat(fixture.outbox.only(BackupCancelled.class).backupId()).isEqualTo(id);
        assertThat(fixture.claim(id, "w")).isEmpty();
    }

    @Test
    void a_late_cancel_of_an_earlier_attempt_does_not_stop_a_later_one() {
        fixture.accept(envelope(aRequest(id, 2), 10));
        fixture.accept(envelope(aCancel(id, 1), 11));

        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(2, JobState.QUEUED, false));
    }

    @Test
    void a_running_job_only_learns_that_it_is_to_stop() {
        fixture.accept(envelope(aRequest(id, 1), 10));
        assertThat(fixture.claim(id, "w")).isPresent();

        fixture.accept(envelope(aCancel(id, 1), 11));

        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.RUNNING, true));
        assertThat(fixture.outbox.events()).isEmpty();
    }

    @Test
    void a_failing_run_that_was_to_stop_has_no_next_attempt() {
        fixture.accept(envelope(aRequest(id, 1), 10));
        var run = fixture.claim(id, "w").orElseThrow();
        fixture.accept(envelope(aCancel(id, 1), 11));

        assertThat(fixture.ledger.setBack(run, aFailure(), "", Instant.now())).isFalse();

        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.CANCELLED, true));
        assertThat(fixture.outbox.only(BackupCancelled.class).backupId()).isEqualTo(id);
    }

    @Test
    void a_cancel_beside_a_failure_ends_the_backup_whichever_is_first() throws Exception {
        fixture.accept(envelope(aRequest(id, 1), 10));
        var run = fixture.claim(id, "w").orElseThrow();
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            var later = new CompletableFuture<Future<Boolean>>();
            fixture.transaction().executeWithoutResult(status -> {
                fixture.accept(envelope(aCancel(id, 1), 11));
                later.complete(others.submit(() -> fixture.ledger.setBack(run, aFailure(), "", Instant.now())));
                awaitSomebodyWaiting();
            });
            assertThat(later.get().get(10, TimeUnit.SECONDS)).isFalse();
        }
        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.CANCELLED, true));
    }

    @Test
    void a_failure_beside_a_cancel_ends_the_backup_whichever_is_first() throws Exception {
        fixture.accept(envelope(aRequest(id, 1), 10));
        var run = fixture.claim(id, "w").orElseThrow();
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            var later = new CompletableFuture<Future<?>>();
            fixture.transaction().executeWithoutResult(status -> {
                assertThat(fixture.ledger.setBack(run, aFailure(), "", Instant.now()))
                        .isTrue();
                later.complete(others.submit(() -> fixture.accept(envelope(aCancel(id, 1), 11))));
                awaitSomebodyWaiting();
            });
            later.get().get(10, TimeUnit.SECONDS);
        }
        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.CANCELLED, true));
    }

    @Test
    void a_cancel_beside_its_own_request_ends_the_backup_whichever_is_first() throws Exception {
        for (var order :
                List.of(List.of(aRequest(id, 1), aCancel(id, 1)), List.of(aCancel(second, 1), aRequest(second, 1)))) {
            try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
                var later = new CompletableFuture<Future<?>>();
                fixture.transaction().executeWithoutResult(status -> {
                    fixture.accept(envelope(order.getFirst(), 10));
                    later.complete(others.submit(() -> fixture.accept(envelope(order.getLast(), 11))));
                    awaitSomebodyWaiting();
                });
                later.get().get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.CANCELLED, true));
        assertThat(fixture.jobs.standing(second)).contains(new JobStanding(1, JobState.CANCELLED, true));
    }

    @Test
    void a_run_that_is_put_back_and_was_to_stop_is_not_queued() {
        fixture.accept(envelope(aRequest(id, 1), 10));
        var run = fixture.claim(id, "w").orElseThrow();
        fixture.accept(envelope(aCancel(id, 1), 11));

        fixture.ledger.putBack(run);

        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.CANCELLED, true));
    }

    @Test
    void a_queued_job_that_is_to_stop_ends_when_it_is_claimed_though_it_would_have_to_wait() {
        fixture.accept(envelope(aRequest(second, 1), 9));
        assertThat(fixture.claim(second, "w")).isPresent();
        fixture.accept(envelope(aRequest(id, 1), 10));
        fixture.jobs.requestCancel(id, 1, 11);

        assertThat(fixture.claim(id, "w")).isEmpty();

        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.CANCELLED, true));
        assertThat(fixture.outbox.only(BackupCancelled.class).backupId()).isEqualTo(id);
    }

    private static void awaitSomebodyWaiting() {
        var observer = JdbcClient.create(JobFixture.dataSource());
        await().until(() -> observer.sql("select count(*) from pg_locks where not granted")
                        .query(Integer.class)
                        .single()
                > 0);
    }

    private static Failure aFailure() {
        return Failure.of(FailureCode.STORAGE_FULL, "full", "", Map.of());
    }
}
