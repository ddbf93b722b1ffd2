package dev.holdfast.worker.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.event.StorageFailed;
import dev.holdfast.common.event.StorageRecovered;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.advice.Advice;
import dev.holdfast.worker.job.JobFixture;
import dev.holdfast.worker.place.Places;
import dev.holdfast.worker.storage.BackupStore;
import dev.holdfast.worker.storage.Command;
import dev.holdfast.worker.storage.OtherUser;
import dev.holdfast.worker.storage.Stores;
import dev.holdfast.worker.storage.Tmpfs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Outages of a real file system, told through a real database. */
class StorageHealthIT {
    private final JobFixture job = new JobFixture(Clock.systemUTC());

    @TempDir
    private Path directory;

    /** The incident that the product exists for: a volume owned by root, a worker of uid 1001. */
    @Test
    void a_volume_owned_by_root_is_told_with_what_to_type_and_its_repair_is_noticed_once() throws Exception {
        var user = OtherUser.in(directory);
        var root = Files.createDirectory(directory.resolve("backups"));
        OtherUser.open(root);

        var broken = look(user, root);
        var still = look(user, root);
        Command.run("chown", "-R", "1001:1001", root.toString());
        var repaired = look(user, root);
        var later = look(user, root);

        assertThat(broken)
                .startsWith("STORAGE_PERMISSION_DENIED " + root
                        + " refuses the user that the worker runs as (uid 1001): it belongs to 0:0 with mode 0755\n"
                        + "error: could not create \"" + root + "/.part\": Permission denied\n")
                .contains(
                        "is owned by 0:0 (root:root) with mode 0755 (rwxr-xr-x); the worker runs as uid 1001, gid 1001")
                .containsSubsequence(
                        "docker compose -p holdfast exec backup-worker id",
                        "./holdfast volume repair",
                        "docker run --rm -v holdfast_backup_files:" + root + " alpine:latest sh -c 'chown -R 1001:1001",
                        "DESTRUCTIVE Option A",
                        "holdfast_backup_files; this deletes no completed backup is known to be in it",
                        "./holdfast volume reset",
                        "event StorageFailed");
        assertThat(still).startsWith("STORAGE_PERMISSION_DENIED").doesNotContain("event");
        assertThat(repaired).isEqualTo("event StorageRecovered\n");
        assertThat(later).isEmpty();
    }

    @Test
    void workers_of_one_volume_tell_an_outage_once_and_its_end_once() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m")) {
            var one = worker("one", tmpfs.directory());
            var two = worker("two", tmpfs.directory());
            all(one, two);
            assertThat(job.outbox.events()).isEmpty();

            tmpfs.remount("ro");
            all(one, two);
            all(two, one);
            assertThat(job.outbox.only(StorageFailed.class).failure().code()).isEqualTo(FailureCode.STORAGE_READ_ONLY);
            assertThat(one.isDown() && two.isDown()).isTrue();

            tmpfs.remount("rw");
            all(one, two);
            all(two, one);
            var recovered = job.outbox.only(StorageRecovered.class);
            assertThat(recovered.code()).isEqualTo(FailureCode.STORAGE_READ_ONLY);
            assertThat(recovered.root()).isEqualTo(tmpfs.directory().toString());
            assertThat(job.outbox.events()).hasSize(2);
        }
    }

    @Test
    void a_worker_that_sees_no_outage_does_not_end_that_of_another_until_that_one_is_gone() throws Exception {
        var root = Files.createDirectory(directory.resolve("backups"));
        var failing = worker("failing", root);
        var fine = worker("fine", root);
        failing.runFailed(readOnly());

        fine.check();
        assertThat(job.outbox.all(StorageRecovered.class)).isEmpty();

        HealthFixture.aLedger("failing", JobFixture.dataSource(), job.outbox, Stores.at(root))
                .abandon();
        fine.check();
        assertThat(job.outbox.all(StorageRecovered.class)).hasSize(1);
    }

    @Test
    void a_run_that_the_volume_fails_is_told_at_once_and_one_that_needs_too_much_room_is_not() throws Exception {
        var root = Files.createDirectory(directory.resolve("backups"));
        var worker = worker("one", root);

        worker.runFailed(Failure.of(FailureCode.STORAGE_FULL, "full", "", Map.of()));
        worker.runFailed(Failure.of(FailureCode.SOURCE_LOCKED, "locked", "", Map.of()));
        assertThat(job.outbox.events()).isEmpty();

        worker.runFailed(readOnly());
        worker.runFailed(readOnly());
        assertThat(job.outbox.only(StorageFailed.class).worker()).isEqualTo("one");
        worker.check();
        assertThat(job.outbox.all(StorageRecovered.class)).hasSize(1);
    }

    @Test
    void another_reason_is_told_too_and_belongs_to_the_same_outage() throws Exception {
        var root = Files.createDirectory(directory.resolve("backups"));
        var worker = worker("one", root);
        worker.runFailed(readOnly());
        Files.createSymbolicLink(root.resolve(".part"), directory);

        worker.check();

        var told = job.outbox.all(StorageFailed.class);
        assertThat(told)
                .extracting(event -> event.failure().code())
                .containsExactly(FailureCode.STORAGE_READ_ONLY, FailureCode.STORAGE_SYMBOLIC_LINK);
        assertThat(told)
                .extracting(StorageFailed::since)
                .containsOnly(told.getFirst().since());
    }

    @Test
    void the_watch_notices_outage_and_repair_by_itself() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m")) {
            var health = worker("one", tmpfs.directory());
            var ledger =
                    HealthFixture.aLedger("one", JobFixture.dataSource(), job.outbox, Stores.at(tmpfs.directory()));
            var watch = new StorageWatch(
                    health, ledger, new HealthSettings(Duration.ofMillis(200), Duration.ofMillis(200)));
            watch.start();
            try {
                await().until(() -> health.finding().isPresent());
                tmpfs.remount("ro");
                await().until(() -> job.outbox.all(StorageFailed.class).size() == 1);
                tmpfs.remount("rw");
                await().until(() -> job.outbox.all(StorageRecovered.class).size() == 1);
            } finally {
                watch.stop();
            }
        }
    }

    private static void all(StorageHealth... workers) {
        CompletableFuture.allOf(Stream.of(workers)
                        .map(worker -> CompletableFuture.runAsync(worker::check))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static Failure readOnly() {
        return Failure.of(FailureCode.STORAGE_READ_ONLY, "read-only", "EROFS", Map.of());
    }

    private StorageHealth worker(String name, Path root) {
        BackupStore store = Stores.remembering(root, job.jdbc);
        return HealthFixture.aWorker(name, job, store, Advice.at(Places.compose(), store, job.history));
    }

    private static String look(OtherUser user, Path root) throws Exception {
        var dataSource = (PGSimpleDataSource) JobFixture.dataSource();
        var url = dataSource.getUrl() + (dataSource.getUrl().contains("?") ? "&" : "?") + "user=" + dataSource.getUser()
                + "&password=" + dataSource.getPassword();
        return user.java(HealthMain.class, root, url).output();
    }
}
