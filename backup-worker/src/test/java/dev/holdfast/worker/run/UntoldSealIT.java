package dev.holdfast.worker.run;

import static dev.holdfast.worker.job.Requests.aRequest;
import static dev.holdfast.worker.job.Requests.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.job.JobState;
import dev.holdfast.worker.run.FakePorts.Step;
import dev.holdfast.worker.storage.SealedBackup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** What was sealed and never told of, since its worker died, or its commit failed, in between: later attempts adopt or delete it. */
class UntoldSealIT {
    @TempDir
    Path root;

    @Test
    void what_a_dead_attempt_had_sealed_is_adopted_without_another_dump() {
        var worker = new RunFixture(root);
        sealAndLoseTheCommit(worker);

        assertThat(worker.execute()).isEqualTo(RunResult.DONE);

        var completed = worker.job.outbox.only(BackupCompleted.class);
        assertThat(completed.attempt()).isEqualTo(2);
        assertThat(completed.path())
                .isEqualTo(worker.ports.sealed.getFirst().path().toString());
        assertThat(worker.ports.steps).containsOnlyOnce(Step.DUMP);
        assertThat(worker.ports.deleted).isEmpty();
    }

    @Test
    void what_a_dead_attempt_had_sealed_is_deleted_when_it_is_no_longer_whole() {
        var worker = new RunFixture(root);
        sealAndLoseTheCommit(worker);
        worker.ports.sealedIsWhole = false;

        worker.execute();

        assertThat(worker.ports.deleted).hasSize(1);
        assertThat(worker.job.outbox.only(BackupCompleted.class).path())
                .isEqualTo(worker.ports.sealed.getFirst().path().toString())
                .isNotEqualTo(worker.ports.deleted.getFirst().path().toString());
    }

    @Test
    void what_a_dead_attempt_had_sealed_is_deleted_when_the_backup_was_cancelled() {
        var worker = new RunFixture(root);
        sealAndLoseTheCommit(worker);
        worker.cancel();

        worker.execute();

        assertThat(worker.ports.sealed).isEmpty();
        assertThat(worker.job.outbox.only(BackupCancelled.class).backupId()).isEqualTo(worker.id);
    }

    @Test
    void what_a_dead_attempt_had_sealed_is_deleted_when_the_backup_is_cancelled_while_it_is_read() {
        var worker = new RunFixture(root);
        sealAndLoseTheCommit(worker);
        worker.ports.meanwhile = (log, stop) -> {
            worker.cancel();
            RunFixture.untilStopped(log, stop);
        };

        assertThat(worker.execute()).isEqualTo(RunResult.DONE);

        assertThat(worker.state()).isEqualTo(JobState.CANCELLED);
        assertThat(worker.ports.sealed).isEmpty();
    }

    @Test
    void what_a_dead_attempt_had_sealed_is_deleted_when_the_backup_is_cancelled_just_before_it_completes() {
        var worker = new RunFixture(root);
        sealAndLoseTheCommit(worker);
        worker.ports.meanwhile = (log, stop) -> worker.cancel();

        assertThat(worker.execute()).isEqualTo(RunResult.DONE);

        assertThat(worker.state()).isEqualTo(JobState.CANCELLED);
        assertThat(worker.ports.sealed).isEmpty();
    }

    @Test
    void what_a_dead_attempt_had_sealed_and_nobody_can_read_now_stays_and_the_log_says_where() {
        var worker = new RunFixture(root);
        sealAndLoseTheCommit(worker);
        worker.ports.meanwhile = (log, stop) -> fail(FailureCode.STORAGE_IO_ERROR);

        worker.execute();

        assertThat(worker.state()).isEqualTo(JobState.FAILED);
        assertThat(worker.ports.deleted).isEmpty();
        assertThat(worker.job.outbox.only(BackupFailed.class).logExcerpt())
                .contains(worker.ports.sealed.getFirst().path() + ", which attempt 1 had sealed");
    }

    @Test
    void of_two_that_were_sealed_the_one_that_is_whole_is_adopted_before_the_other_goes() {
        var worker = new RunFixture(root);
        sealAndLoseTheCommit(worker);
        var older = worker.ports.sealed.getFirst();
        var broken = new SealedBackup(older.path().resolveSibling("broken"), older.manifest());
        worker.ports.sealed.add(broken);
        worker.ports.meanwhile = (log, stop) -> worker.ports.sealedIsWhole = !worker.ports.sealed.contains(broken);

        worker.execute();

        assertThat(worker.job.outbox.only(BackupCompleted.class).path())
                .isEqualTo(older.path().toString());
        assertThat(worker.ports.deleted).containsExactly(broken);
        assertThat(worker.ports.steps).containsOnlyOnce(Step.DUMP);
    }

    @Test
    void what_a_dead_attempt_had_sealed_waits_where_it_can_not_be_read_just_now() {
        var worker = new RunFixture(root);
        sealAndLoseTheCommit(worker);
        worker.ports.meanwhile = (log, stop) -> fail(FailureCode.STORAGE_TOO_MANY_OPEN_FILES);
        worker.execute();
        assertThat(worker.state()).isEqualTo(JobState.QUEUED);
        worker.ports.meanwhile = (log, stop) -> {};

        worker.execute();

        assertThat(worker.job.outbox.only(BackupCompleted.class).attempt()).isEqualTo(3);
        assertThat(worker.ports.steps).containsOnlyOnce(Step.DUMP);
    }

    @Test
    void a_backup_ends_also_where_what_it_had_sealed_can_not_be_deleted() {
        var worker = new RunFixture(root);
        worker.ports.duringDump(listener -> manyFiles(worker.ports.staged.getLast()));
        worker.ports.beforeDelete = () -> fail(FailureCode.STORAGE_READ_ONLY);

        worker.request();

        assertThat(worker.state()).isEqualTo(JobState.FAILED);
        assertThat(worker.job.outbox.only(BackupFailed.class).logExcerpt())
                .contains(worker.ports.sealed.getFirst().path() + " is no backup, and could not be deleted");
    }

    @Test
    void what_an_earlier_request_had_sealed_is_deleted_by_its_retry_which_dumps_anew() {
        var worker = new RunFixture(root);
        sealAndFail(worker);
        worker.job.accept(envelope(aRequest(worker.id, 3), 20));

        worker.execute(3);

        assertDumpedAnew(worker, 3);
    }

    @Test
    void what_an_earlier_request_had_sealed_is_not_adopted_by_a_takeover_of_its_retry() {
        var worker = new RunFixture(root);
        sealAndFail(worker);
        worker.job.accept(envelope(aRequest(worker.id, 3), 20));
        assertThat(worker.job.claim(worker.id, "dies")).isPresent();

        worker.execute(3);

        assertDumpedAnew(worker, 4);
    }

    private static void fail(FailureCode code) {
        throw BackupException.of(code, "the volume fails", "", Map.of());
    }

    /** As it was when nothing was deleted yet where a backup failed. */
    private static void sealAndFail(RunFixture worker) {
        sealAndLoseTheCommit(worker);
        var job = worker.job.claim(worker.id, "w2").orElseThrow();
        worker.job.ledger.failed(job, Failure.of(FailureCode.STORAGE_IO_ERROR, "the volume fails", "", Map.of()), "");
    }

    private static void assertDumpedAnew(RunFixture worker, int attempt) {
        assertThat(worker.ports.deleted)
                .singleElement()
                .satisfies(old -> assertThat(old.manifest().attempt()).isEqualTo(1));
        var sealed = worker.ports.sealed.getLast();
        assertThat(worker.ports.sealed).hasSize(1);
        assertThat(sealed.manifest().attempt()).isEqualTo(attempt);
        assertThat(worker.job.outbox.only(BackupCompleted.class).path())
                .isEqualTo(sealed.path().toString());
    }

    @Test
    void an_artifact_whose_commit_failed_is_deleted_once_another_worker_has_the_job() {
        var worker = new RunFixture(root);
        worker.ports.afterSeal(() -> {
            worker.takeOverAfterRollback();
            RunFixture.loseCommit();
        });

        assertThatExceptionOfType(DataAccessException.class).isThrownBy(worker::request);

        assertThat(worker.ports.deleted).hasSize(1);
        assertThat(worker.ports.sealed).isEmpty();
    }

    @Test
    void an_artifact_whose_commit_failed_stays_where_another_worker_has_adopted_it() {
        var worker = new RunFixture(root);
        worker.ports.afterSeal(() -> {
            worker.executeAfterRollback();
            RunFixture.loseCommit();
        });

        assertThatExceptionOfType(DataAccessException.class).isThrownBy(worker::request);

        assertThat(worker.job.outbox.only(BackupCompleted.class).attempt()).isEqualTo(2);
        assertThat(worker.ports.deleted).isEmpty();
        assertThat(worker.ports.sealed).hasSize(1);
    }

    @Test
    void a_backup_that_is_sealed_and_can_not_be_told_of_is_taken_back() {
        var worker = new RunFixture(root);
        worker.ports.duringDump(listener -> manyFiles(worker.ports.staged.getLast()));

        assertThat(worker.request()).isEqualTo(RunResult.DONE);

        assertThat(worker.ports.steps).endsWith(Step.SEAL);
        assertThat(worker.ports.deleted).hasSize(1);
        assertThat(worker.job.outbox.only(BackupFailed.class).failure().code()).isEqualTo(FailureCode.UNEXPECTED);
        assertThat(worker.state()).isEqualTo(JobState.FAILED);
        assertThat(worker.nothingStaged()).isTrue();
        assertThat(worker.ports.sealed).isEmpty();
    }

    /** More than an event can name. */
    private static void manyFiles(Path directory) {
        try {
            for (int file = 0; file < 5_000; file++) {
                Files.createFile(directory.resolve("%0200d".formatted(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_is_taken_back_while_it_is_adopted_is_dumped_anew() {
        var worker = new RunFixture(root);
        sealAndLoseTheCommit(worker);
        worker.ports.meanwhile = (log, stop) -> worker.ports.sealed.clear();

        assertThat(worker.execute()).isEqualTo(RunResult.DONE);

        assertThat(worker.job.outbox.only(BackupCompleted.class).attempt()).isEqualTo(2);
        assertThat(worker.ports.sealed).hasSize(1);
        assertThat(worker.ports.steps.stream().filter(Step.DUMP::equals)).hasSize(2);
    }

    private static void sealAndLoseTheCommit(RunFixture worker) {
        worker.ports.afterSeal(RunFixture::loseCommit);
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(worker::request);
        assertThat(worker.ports.sealed).hasSize(1);
        assertThat(worker.job.outbox.all(BackupCompleted.class)).isEmpty();
    }
}
