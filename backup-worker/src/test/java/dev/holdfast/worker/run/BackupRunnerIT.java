package dev.holdfast.worker.run;

import static dev.holdfast.worker.job.Requests.aRequest;
import static dev.holdfast.worker.job.Requests.aRequestOf;
import static dev.holdfast.worker.job.Requests.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupProgressed;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.SourceId;
import dev.holdfast.worker.job.JobState;
import dev.holdfast.worker.run.FakePorts.Step;
import dev.holdfast.worker.step.RunLog;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.PromisedRoom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

class BackupRunnerIT {
    @TempDir
    Path root;

    @TempDir
    Path media;

    @Test
    void the_recipe_takes_its_steps_in_order_and_tells_of_them() {
        var worker = new RunFixture(root);

        var result = worker.request(aRequest(worker.id, 1, BackupType.FULL, List.of(media.toString())));

        assertThat(result).isEqualTo(RunResult.DONE);
        assertThat(worker.ports.steps).containsExactly(Step.values());
        assertThat(worker.job.outbox.only(BackupStarted.class).serverVersion()).isEqualTo("15.18");
        assertThat(worker.job.outbox.all(BackupProgressed.class))
                .extracting(BackupProgressed::phase)
                .containsExactly(BackupPhase.values());
        var completed = worker.job.outbox.only(BackupCompleted.class);
        assertThat(completed.artifacts())
                .extracting(Artifact::file)
                .containsExactly("backup.log", "database.dump", "media.tar.zst");
        assertThat(completed.metadata().app()).containsEntry("version", "1.2.3");
        assertThat(completed.metadata().extensions()).containsEntry("plpgsql", "1.0");
        assertThat(worker.job.outbox.events().getFirst()).isInstanceOf(BackupStarted.class);
        assertThat(worker.job.outbox.events().getLast()).isEqualTo(completed);
        assertThat(Path.of(completed.path()).resolve("backup.log"))
                .content()
                .contains("attempt 1 on worker w1")
                .contains("server 15.18");
        assertThat(worker.state()).isEqualTo(JobState.COMPLETED);
        assertThat(worker.ports.sessionClosed).isTrue();
    }

    @Test
    void bytes_of_the_media_are_counted_on_top_of_those_of_the_dump() {
        var worker = new RunFixture(root);

        worker.request(aRequest(worker.id, 1, BackupType.FULL, List.of(media.toString())));

        assertThat(worker.job.outbox.all(BackupProgressed.class).getLast().bytesWritten())
                .isEqualTo(15);
    }

    @Test
    void what_runs_already_has_its_room_before_a_later_one() {
        var worker = new RunFixture(root);
        var source = SourceId.next();
        worker.execute(aRequestOf(source, "db-1", BackupType.FULL));
        worker.job.jdbc.sql("update job set size_bytes = 1000").update();
        var earlier = aRequestOf(source, "db-1", BackupType.FULL);
        worker.job.accept(envelope(earlier, 10));
        assertThat(worker.job.claim(earlier.backupId(), "w2")).isPresent();

        worker.request();

        assertThat(worker.ports.promisedRoom).isEqualTo(new PromisedRoom(1, 1200));
    }

    @Test
    void a_backup_of_media_alone_touches_no_database() {
        var worker = new RunFixture(root);

        worker.request(aRequest(worker.id, 1, BackupType.MEDIA, List.of(media.toString())));

        assertThat(worker.ports.steps)
                .containsExactly(Step.CLEAR, Step.PROBE, Step.STAGE, Step.MEDIA, Step.VERIFY, Step.FLUSH, Step.SEAL);
        assertThat(worker.job.outbox.only(BackupStarted.class).toolVersion()).isEmpty();
        assertThat(worker.job.outbox.only(BackupCompleted.class).metadata().serverVersion())
                .isNull();
        assertThat(worker.ports.sealed.getFirst().manifest().connection()).isNull();
    }

    @Test
    void a_backup_of_media_alone_without_any_fails() {
        var worker = new RunFixture(root);

        worker.request(aRequest(worker.id, 1, BackupType.MEDIA, List.of()));

        assertThat(worker.job.outbox.only(BackupFailed.class).failure().code()).isEqualTo(FailureCode.MEDIA_UNREADABLE);
    }

    @Test
    void a_media_directory_that_is_missing_fails_before_the_dump() {
        var worker = new RunFixture(root);

        worker.request(aRequest(worker.id, 1, BackupType.FULL, List.of(media + "/gone")));

        assertThat(worker.job.outbox.only(BackupFailed.class).failure().code()).isEqualTo(FailureCode.MEDIA_UNREADABLE);
        assertThat(worker.ports.steps).doesNotContain(Step.STAGE, Step.DUMP);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void a_step_that_fails_ends_the_backup_with_its_code_and_leaves_nothing(Step step) {
        var worker = new RunFixture(root);
        worker.ports.before(step, (log, stop) -> {
            throw BackupException.of(FailureCode.STORAGE_FULL, "no room in " + step, "ENOSPC", Map.of());
        });

        var result = worker.request(aRequest(worker.id, 1, BackupType.FULL, List.of(media.toString())));

        assertThat(result).isEqualTo(RunResult.DONE);
        assertFailed(worker, FailureCode.STORAGE_FULL);
        var failed = worker.job.outbox.only(BackupFailed.class);
        assertThat(failed.logExcerpt())
                .contains("STORAGE_FULL: no room in " + step)
                .contains("ENOSPC");
        assertThat(failed.willRetry()).isFalse();
        assertThat(worker.ports.steps).endsWith(step);
        assertThat(worker.log()).contains("STORAGE_FULL: no room in " + step);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void an_error_that_nobody_knows_ends_the_backup_too(Step step) {
        var worker = new RunFixture(root);
        worker.ports.before(step, (log, stop) -> {
            throw new IllegalStateException("surprise with " + RunFixture.PASSWORD);
        });

        worker.request(aRequest(worker.id, 1, BackupType.FULL, List.of(media.toString())));

        assertFailed(worker, FailureCode.UNEXPECTED);
        if (worker.ports.steps.contains(Step.OPEN)) {
            assertThat(worker.job.outbox.events().toString() + worker.log()).doesNotContain(RunFixture.PASSWORD);
        }
    }

    @Test
    void trouble_with_the_workers_own_database_is_no_outcome_and_the_next_claim_starts_over() {
        var worker = new RunFixture(root);
        worker.ports.before(Step.DUMP, (log, stop) -> {
            throw new DataAccessResourceFailureException("the worker's database is gone");
        });

        assertThatExceptionOfType(DataAccessException.class).isThrownBy(worker::request);
        assertThat(worker.state()).isEqualTo(JobState.RUNNING);
        assertThat(worker.nothingStaged()).isTrue();

        assertThat(worker.execute()).isEqualTo(RunResult.DONE);
        assertThat(worker.job.outbox.only(BackupCompleted.class).attempt()).isEqualTo(2);
    }

    @Test
    void what_a_dead_attempt_had_staged_is_gone_before_the_room_is_looked_at() throws Exception {
        var worker = new RunFixture(root);
        worker.job.accept(envelope(aRequest(worker.id, 1), 10));
        assertThat(worker.job.claim(worker.id, "dies")).isPresent();
        var left = Files.createDirectories(worker.ports.stagingOf(worker.id, 1));
        Files.writeString(left.resolve("database.dump"), "half a du");
        worker.ports.before(Step.PROBE, (log, stop) -> {
            if (Files.exists(left)) {
                throw BackupException.of(FailureCode.STORAGE_FULL, "no room", "ENOSPC", Map.of());
            }
        });

        assertThat(worker.execute()).isEqualTo(RunResult.DONE);

        assertThat(worker.job.outbox.only(BackupCompleted.class).attempt()).isEqualTo(2);
    }

    @Test
    void a_cancel_stops_the_dump_within_a_second_and_leaves_nothing() {
        var worker = new RunFixture(root);
        var dumping = new CompletableFuture<Void>();
        worker.ports.before(Step.DUMP, (log, stop) -> {
            dumping.complete(null);
            RunFixture.untilStopped(log, stop);
        });

        var result = worker.requestInBackground();
        dumping.join();
        worker.cancel();

        await().atMost(Duration.ofSeconds(5)).until(result::isDone);
        assertThat(result.join()).isEqualTo(RunResult.DONE);
        assertThat(worker.state()).isEqualTo(JobState.CANCELLED);
        assertThat(worker.job.outbox.events().getLast()).isInstanceOf(BackupCancelled.class);
        assertThat(worker.nothingStaged()).isTrue();
    }

    @Test
    void a_dump_that_writes_nothing_is_stopped_and_tried_again() {
        var worker = new RunFixture(root, Duration.ofMillis(300), null);
        worker.ports.before(Step.DUMP, RunFixture::untilStopped);

        worker.request();

        assertSetBack(worker, FailureCode.STALLED);
    }

    @Test
    void a_clock_that_is_set_forward_ends_no_run() {
        var worker = new RunFixture(root, RunFixture.LONG, RunFixture.LONG);
        worker.ports.before(Step.DUMP, (log, stop) -> {
            worker.moveClock(Duration.ofHours(1));
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(20)).until(() -> !stop.stopped());
        });

        assertThat(worker.request()).isEqualTo(RunResult.DONE);

        assertThat(worker.job.outbox.only(BackupCompleted.class).attempt()).isEqualTo(1);
    }

    @Test
    void a_backup_lasts_no_less_than_no_time_though_the_clock_was_set_back() {
        var worker = new RunFixture(root);
        worker.ports.before(Step.DUMP, (log, stop) -> worker.moveClock(Duration.ofHours(-1)));

        assertThat(worker.request()).isEqualTo(RunResult.DONE);

        assertThat(worker.job.outbox.only(BackupCompleted.class).duration()).isZero();
    }

    @Test
    void a_dump_that_writes_nothing_is_stopped_though_the_clock_was_set_back() {
        var worker = new RunFixture(root, Duration.ofMillis(300), null);
        worker.ports.before(Step.DUMP, (log, stop) -> {
            worker.moveClock(Duration.ofHours(-1));
            RunFixture.untilStopped(log, stop);
        });

        assertThat(worker.requestInBackground()).succeedsWithin(Duration.ofSeconds(10));

        assertSetBack(worker, FailureCode.STALLED);
    }

    @Test
    void progress_is_told_about_though_the_clock_was_set_back() {
        var worker = new RunFixture(root);
        worker.ports.duringDump(listener -> {
            worker.moveClock(Duration.ofHours(-1));
            listener.progressed(7, 0);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> worker.job.outbox.all(BackupProgressed.class).stream()
                            .anyMatch(event -> event.bytesWritten() == 7));
        });

        worker.request();

        assertThat(worker.state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void a_failure_that_may_pass_is_tried_again_a_limited_number_of_times_as_attempts_of_one_backup() {
        var worker = new RunFixture(root);
        worker.ports.before(Step.OPEN, BackupRunnerIT::unreachable);

        assertThat(worker.request()).isEqualTo(RunResult.DONE);

        assertSetBack(worker, FailureCode.SOURCE_UNREACHABLE);
        assertThat(worker.log()).contains("the next attempt begins at");
        worker.ports.before(Step.OPEN, BackupRunnerIT::unreachable);

        worker.execute();

        assertThat(worker.job.outbox.all(BackupFailed.class))
                .extracting(BackupFailed::attempt, BackupFailed::willRetry)
                .containsExactly(tuple(1, true), tuple(2, false));
        assertThat(worker.state()).isEqualTo(JobState.FAILED);
        assertThat(worker.nothingStaged()).isTrue();
    }

    @Test
    void a_backup_completes_at_its_second_attempt_when_the_first_met_what_has_passed() {
        var worker = new RunFixture(root);
        worker.ports.before(Step.DUMP, BackupRunnerIT::unreachable);
        worker.request();

        worker.execute();

        assertThat(worker.job.outbox.only(BackupCompleted.class).attempt()).isEqualTo(2);
        assertThat(worker.ports.sealed).hasSize(1);
    }

    @Test
    void a_backup_that_waits_for_its_next_attempt_can_be_cancelled() {
        var worker = new RunFixture(root);
        worker.ports.before(Step.OPEN, BackupRunnerIT::unreachable);
        worker.request();

        worker.cancel();

        assertThat(worker.state()).isEqualTo(JobState.CANCELLED);
        assertThat(worker.execute()).isEqualTo(RunResult.DONE);
        assertThat(worker.job.outbox.events().getLast()).isInstanceOf(BackupCancelled.class);
    }

    @Test
    void a_dump_makes_way_for_those_who_wait_for_its_locks_and_comes_back() {
        var worker = new RunFixture(root);
        worker.ports.waiting = List.of("pid 4711 (user app) waits for AccessExclusiveLock on orders");
        worker.ports.before(Step.DUMP, RunFixture::untilStopped);

        worker.request();

        assertSetBack(worker, FailureCode.SOURCE_DDL_WAITING);
        assertThat(worker.job.outbox.only(BackupFailed.class).failure().summary())
                .contains("pid 4711 (user app) waits for AccessExclusiveLock on orders");
        assertThat(worker.log()).contains("in the way: pid 4711");
    }

    @Test
    void a_failure_with_more_to_say_than_an_event_holds_is_cut_and_told() {
        var worker = new RunFixture(root);
        worker.ports.before(Step.DUMP, (log, stop) -> {
            throw BackupException.of(FailureCode.SOURCE_LOCKED, "s".repeat(1 << 20), "🐘".repeat(1 << 20), Map.of());
        });

        worker.request();

        assertSetBack(worker, FailureCode.SOURCE_LOCKED);
        var failure = worker.job.outbox.only(BackupFailed.class).failure();
        assertThat(failure.summary()).hasSizeLessThan(3_000).endsWith(" ... and 1046528 characters more");
        assertThat(failure.detail()).startsWith("🐘".repeat(8 * 1024) + " ... and 2080768 characters more");
    }

    @Test
    void a_backup_that_ends_every_worker_is_given_up() {
        var worker = new RunFixture(root);
        worker.job.accept(envelope(aRequest(worker.id, 1), 10));
        for (int death = 0; death < 8; death++) {
            assertThat(worker.job.claim(worker.id, "dies")).isPresent();
        }

        worker.execute();

        assertFailed(worker, FailureCode.WORKER_LOST);
        var failure = worker.job.outbox.only(BackupFailed.class).failure();
        assertThat(failure.summary()).contains("8 times in a row");
        assertThat(failure.detail()).contains("attempts 1 to 8");
    }

    @Test
    void trouble_with_the_workers_own_database_is_no_death_however_often() {
        var worker = new RunFixture(root);
        for (int outage = 0; outage < 10; outage++) {
            worker.ports.before(Step.DUMP, (log, stop) -> {
                throw new DataAccessResourceFailureException("the worker's database is gone");
            });
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(outage == 0 ? worker::request : worker::execute);
        }

        worker.execute();

        assertThat(worker.job.outbox.only(BackupCompleted.class).attempt()).isEqualTo(11);
    }

    private static void unreachable(RunLog log, StopSignal stop) {
        throw BackupException.of(FailureCode.SOURCE_UNREACHABLE, "db:5432 does not answer", "refused", Map.of());
    }

    @Test
    void a_backup_that_takes_too_long_in_all_is_stopped_in_any_step() {
        var worker = new RunFixture(root, RunFixture.LONG, Duration.ofMillis(500));
        worker.ports.before(Step.DUMP, RunFixture::untilStopped);

        worker.request();

        assertFailed(worker, FailureCode.TIMED_OUT);
    }

    @Test
    void a_run_that_was_taken_over_stops_and_publishes_nothing_more() {
        var worker = new RunFixture(root);
        worker.ports.before(Step.DUMP, (log, stop) -> {
            assertThat(worker.job.claim(worker.id, "w2")).isPresent();
            RunFixture.untilStopped(log, stop);
        });

        assertThat(worker.request()).isEqualTo(RunResult.LOST);

        assertThat(worker.job.outbox.all(BackupFailed.class)).isEmpty();
        assertThat(worker.job.outbox.events().getLast()).isInstanceOf(BackupProgressed.class);
        assertThat(worker.state()).isEqualTo(JobState.RUNNING);
        assertThat(worker.nothingStaged()).isTrue();
    }

    @Test
    void a_run_that_was_taken_over_during_its_last_step_does_not_seal() {
        var worker = new RunFixture(root);
        worker.ports.before(
                Step.VERIFY,
                (log, stop) -> assertThat(worker.job.claim(worker.id, "w2")).isPresent());

        assertThat(worker.request()).isEqualTo(RunResult.LOST);

        assertThat(worker.ports.steps).doesNotContain(Step.SEAL);
        assertThat(worker.ports.sealed).isEmpty();
    }

    @Test
    void a_stopping_worker_puts_its_run_back_and_the_next_claim_completes_it() {
        var worker = new RunFixture(root);
        var dumping = new CompletableFuture<Void>();
        worker.ports.before(Step.DUMP, (log, stop) -> {
            dumping.complete(null);
            RunFixture.untilStopped(log, stop);
        });

        var result = worker.requestInBackground();
        dumping.join();
        worker.activeRuns.drain(Duration.ofSeconds(8));

        assertThat(result.join()).isEqualTo(RunResult.DONE);
        assertThat(worker.state()).isEqualTo(JobState.QUEUED);
        assertThat(worker.nothingStaged()).isTrue();
        assertThat(worker.execute()).as("a stopping worker takes nothing on").isEqualTo(RunResult.AGAIN);
    }

    @ParameterizedTest
    @EnumSource(
            value = Run.Interruption.class,
            names = {"LEASE_LOST", "SHUTTING_DOWN"})
    void a_stop_that_comes_after_a_failure_makes_no_cancelled_backup_of_it(Run.Interruption interruption) {
        var worker = new RunFixture(root);
        var run = worker.aClaimedRun();
        run.interrupt(interruption, "not here any more");

        worker.failures.end(run, BackupException.of(FailureCode.STORAGE_FULL, "no room", "ENOSPC", Map.of()));

        assertFailed(worker, FailureCode.STORAGE_FULL);
    }

    @Test
    void progress_is_told_about_once_a_second() {
        var worker = new RunFixture(root);
        var enough = new CompletableFuture<Void>();
        worker.ports.duringDump(listener -> {
            for (long bytes = 1; !enough.isDone(); bytes++) {
                listener.progressed(bytes, 0);
                Thread.onSpinWait();
            }
        });

        var result = worker.requestInBackground();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> worker.job.outbox.all(BackupProgressed.class).size() >= 4);
        enough.complete(null);
        result.join();

        var times = worker.job.outbox.envelopes().stream()
                .filter(event ->
                        event.data() instanceof BackupProgressed progress && progress.phase() == BackupPhase.DUMP)
                .map(event -> event.time())
                .toList();
        assertThat(Duration.between(times.getFirst(), times.getLast()))
                .isGreaterThan(Duration.ofMillis(900L * (times.size() - 2)));
    }

    /** The state after a worker has died between its seal and its commit. */
    private static void assertSetBack(RunFixture worker, FailureCode code) {
        var failed = worker.job.outbox.only(BackupFailed.class);
        assertThat(failed.failure().code()).isEqualTo(code);
        assertThat(failed.willRetry()).isTrue();
        assertThat(worker.state()).isEqualTo(JobState.QUEUED);
        assertThat(worker.job.scheduled()).contains(worker.id + "/1/1");
        assertThat(worker.nothingStaged()).isTrue();
        assertThat(worker.ports.sealed).isEmpty();
    }

    private static void assertFailed(RunFixture worker, FailureCode code) {
        assertThat(worker.job.outbox.only(BackupFailed.class).failure().code()).isEqualTo(code);
        assertThat(worker.state()).isEqualTo(JobState.FAILED);
        assertThat(worker.nothingStaged()).isTrue();
        assertThat(worker.ports.sealed).isEmpty();
        assertThat(Files.exists(worker.ports.root())).isTrue();
    }
}
