package dev.holdfast.worker.job;

import static dev.holdfast.worker.job.Requests.aCancel;
import static dev.holdfast.worker.job.Requests.aRequest;
import static dev.holdfast.worker.job.Requests.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecallOutcomeIT {
    final JobFixture fixture = new JobFixture(Clock.systemUTC());
    final BackupId id = BackupId.next();

    @BeforeEach
    void request() {
        fixture.accept(envelope(aRequest(id, 1), 1));
    }

    @Test
    void a_completed_job_is_told_of_again_with_the_very_same_event() {
        fixture.ledger.completed(fixture.claim(id, "a").orElseThrow(), JobFixture::aCompletion);
        var told = fixture.outbox.envelopes().getFirst();

        assertThat(fixture.recall.recall(id, 1)).contains(JobState.COMPLETED);
        assertThat(fixture.recall.recall(id, 1)).contains(JobState.COMPLETED);

        assertThat(fixture.outbox.envelopes()).containsExactly(told, told, told);
    }

    @Test
    void so_is_one_that_failed_for_good_with_whatever_characters_are_in_its_log() {
        fixture.ledger.failed(fixture.claim(id, "a").orElseThrow(), aFailure(), "NUL \0 and \"quote\" 🐘");
        var told = fixture.outbox.envelopes().getFirst();

        assertThat(fixture.recall.recall(id, 1)).contains(JobState.FAILED);

        assertThat(fixture.outbox.envelopes()).containsExactly(told, told);
    }

    @Test
    void so_is_one_that_was_cancelled_before_it_began() {
        fixture.accept(envelope(aCancel(id, 1), 2));
        var told = fixture.outbox.envelopes().getFirst();

        assertThat(fixture.recall.recall(id, 1)).contains(JobState.CANCELLED);

        assertThat(told.data()).isInstanceOf(BackupCancelled.class);
        assertThat(fixture.outbox.envelopes()).containsExactly(told, told);
    }

    @Test
    void a_job_that_waits_runs_or_was_set_back_is_left_alone() {
        assertThat(fixture.recall.recall(id, 1)).contains(JobState.QUEUED);
        var run = fixture.claim(id, "a").orElseThrow();
        assertThat(fixture.recall.recall(id, 1)).contains(JobState.RUNNING);
        fixture.ledger.setBack(run, aFailure(), "", Instant.now());
        assertThat(fixture.recall.recall(id, 1)).contains(JobState.QUEUED);

        assertThat(fixture.outbox.all(BackupFailed.class))
                .extracting(BackupFailed::willRetry)
                .containsExactly(true);
    }

    @Test
    void a_running_job_is_not_waited_for_while_its_row_is_locked() {
        assertThat(fixture.claim(id, "a")).isPresent();

        var answer = fixture.transaction().execute(status -> {
            assertThat(fixture.jobs.lock(id)).isPresent();
            return CompletableFuture.supplyAsync(() -> fixture.recall.recall(id, 1))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        });

        assertThat(answer).contains(JobState.RUNNING);
    }

    @Test
    void what_was_never_asked_for_is_unknown_as_a_backup_and_as_an_attempt() {
        fixture.ledger.failed(fixture.claim(id, "a").orElseThrow(), aFailure(), "");

        assertThat(fixture.recall.recall(BackupId.next(), 1)).isEmpty();
        assertThat(fixture.recall.recall(id, 2)).isEmpty();

        assertThat(fixture.outbox.events()).hasSize(1);
    }

    @Test
    void a_new_request_forgets_how_the_earlier_one_ended() {
        fixture.ledger.failed(fixture.claim(id, "a").orElseThrow(), aFailure(), "");

        fixture.accept(envelope(aRequest(id, 2), 3));

        assertThat(fixture.recall.recall(id, 2)).contains(JobState.QUEUED);
        assertThat(fixture.jobs.keptOutcome(id)).isEmpty();
        assertThat(fixture.outbox.events()).hasSize(1);
    }

    @Test
    void a_job_that_ended_before_outcomes_were_kept_has_ended_and_has_nothing_to_tell() {
        fixture.ledger.failed(fixture.claim(id, "a").orElseThrow(), aFailure(), "");
        fixture.jdbc.sql("update job set outcome = null").update();

        assertThat(fixture.recall.recall(id, 1)).contains(JobState.FAILED);

        assertThat(fixture.outbox.events()).hasSize(1);
    }

    private static Failure aFailure() {
        return Failure.of(FailureCode.STORAGE_FULL, "full", "ENOSPC", Map.of("path", "/backups"));
    }
}
