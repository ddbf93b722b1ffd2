package dev.holdfast.worker.job;

import static dev.holdfast.worker.job.Requests.aCancel;
import static dev.holdfast.worker.job.Requests.aRequest;
import static dev.holdfast.worker.job.Requests.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobLedgerIT {
    final JobFixture fixture = new JobFixture(Clock.systemUTC());
    final BackupId id = BackupId.next();

    @BeforeEach
    void request() {
        fixture.accept(envelope(aRequest(id, 1), Long.MAX_VALUE / 2));
    }

    @Test
    void the_first_claim_keeps_the_attempt_and_every_later_one_raises_it() {
        assertThat(fixture.claim(id, "a").orElseThrow().attempt()).isEqualTo(1);
        assertThat(fixture.claim(id, "b").orElseThrow().attempt()).isEqualTo(2);

        var third = fixture.claim(id, "a").orElseThrow();
        fixture.ledger.putBack(third);

        assertThat(fixture.claim(id, "a").orElseThrow().attempt()).isEqualTo(4);
    }

    @Test
    void a_worker_that_wakes_up_late_seals_and_publishes_nothing() {
        var late = fixture.claim(id, "late").orElseThrow();
        assertThat(fixture.claim(id, "present")).isPresent();
        var sealed = new AtomicBoolean();

        assertThatExceptionOfType(LeaseLost.class)
                .isThrownBy(() -> fixture.ledger.completed(late, () -> {
                    sealed.set(true);
                    return JobFixture.aCompletion();
                }));
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> fixture.ledger.cancelled(late));
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> fixture.ledger.putBack(late));
        assertThatExceptionOfType(LeaseLost.class)
                .isThrownBy(() -> fixture.ledger.progressed(late, new JobProgress(BackupPhase.DUMP, 1, 1, 1)));

        assertThat(sealed).isFalse();
        assertThat(fixture.outbox.events()).isEmpty();
        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(2, JobState.RUNNING, false));
    }

    @Test
    void a_completed_job_says_where_its_files_are_and_ends_once() {
        var run = fixture.claim(id, "a").orElseThrow();

        fixture.ledger.completed(run, JobFixture::aCompletion);

        assertThat(fixture.outbox.only(BackupCompleted.class).sizeBytes()).isEqualTo(7);
        assertThat(fixture.jobs.published(id)).contains(JobFixture.aCompletion().published());
        assertThat(fixture.jobs.lastSize(Requests.SOURCE)).isEqualTo(7);
        assertThatExceptionOfType(LeaseLost.class)
                .isThrownBy(() -> fixture.ledger.completed(run, JobFixture::aCompletion));
    }

    @Test
    void a_seal_may_be_silent_for_longer_and_nothing_else_of_its_transaction() {
        var run = fixture.claim(id, "a").orElseThrow();
        var silence = "show idle_in_transaction_session_timeout";

        fixture.transaction().executeWithoutResult(status -> {
            fixture.ledger.completed(run, () -> {
                assertThat(fixture.jdbc.sql(silence).query(String.class).single())
                        .isEqualTo("45s");
                return JobFixture.aCompletion();
            });
            assertThat(fixture.jdbc.sql(silence).query(String.class).single()).isEqualTo("0");
        });
    }

    @Test
    void a_failed_seal_leaves_the_job_running_and_publishes_nothing() {
        var run = fixture.claim(id, "a").orElseThrow();
        var full = BackupException.of(FailureCode.STORAGE_FULL, "full", "", Map.of());

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> fixture.ledger.completed(run, () -> {
                    throw full;
                }));

        assertThat(fixture.jobs.standing(id)).contains(new JobStanding(1, JobState.RUNNING, false));
        assertThat(fixture.outbox.events()).isEmpty();
    }

    @Test
    void a_cancel_in_time_keeps_the_seal_from_happening() {
        var run = fixture.claim(id, "a").orElseThrow();
        fixture.accept(envelope(aCancel(id, 1), 5));
        var sealed = new AtomicBoolean();

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> fixture.ledger.completed(run, () -> {
                    sealed.set(true);
                    return JobFixture.aCompletion();
                }))
                .matches(e -> e.failure().code() == FailureCode.CANCELLED);

        assertThat(sealed).isFalse();
    }

    @Test
    void what_is_published_or_another_attempts_is_not_discarded() {
        var sealed = JobFixture.aCompletion().published().directory();
        var deleted = new AtomicInteger();
        var first = fixture.claim(id, "a").orElseThrow();
        var second = fixture.claim(id, "b").orElseThrow();

        fixture.ledger.discard(first, sealed, deleted::incrementAndGet);
        assertThat(deleted).hasValue(0);
        fixture.ledger.discard(second, sealed, deleted::incrementAndGet);
        assertThat(deleted).hasValue(1);
        fixture.ledger.completed(second, JobFixture::aCompletion);
        fixture.ledger.discard(second, sealed, deleted::incrementAndGet);
        assertThat(deleted).hasValue(1);
    }

    @Test
    void every_event_sorts_after_all_that_was_seen_of_its_backup() {
        var run = fixture.claim(id, "a").orElseThrow();

        fixture.ledger.started(run, "15.1", "15.1");
        fixture.accept(envelope(aCancel(id, 0), Long.MAX_VALUE / 2 + 100));
        fixture.ledger.progressed(run, new JobProgress(BackupPhase.DUMP, 1, 0, 0));
        fixture.ledger.completed(run, JobFixture::aCompletion);

        assertThat(fixture.outbox.envelopes())
                .extracting(EventEnvelope::sequence)
                .containsExactly(Long.MAX_VALUE / 2 + 1, Long.MAX_VALUE / 2 + 101, Long.MAX_VALUE / 2 + 102);
    }
}
