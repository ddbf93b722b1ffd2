package dev.holdfast.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is a vanished volume, and what is only a new one. */
class VolumeGuardTest {
    private final FakeMemory memory = new FakeMemory();

    @TempDir
    private Path directory;

    @Test
    void a_volume_that_is_unmounted_is_missing_and_nothing_is_written_where_it_was() throws Exception {
        var root = directory.resolve("backups");
        var store = store(root);
        try (var tmpfs = Tmpfs.mount(root, "size=2m")) {
            store.check(List.of());
            assertThat(tmpfs.directory().resolve(".holdfast-volume")).exists();
        }

        assertMissing(store, root);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void a_volume_that_is_unmounted_in_the_middle_of_a_backup_gets_nothing_sealed_in_its_place() throws Exception {
        var root = directory.resolve("backups");
        var store = store(root);
        Staging staging;
        Manifest manifest;
        try (var tmpfs = Tmpfs.mount(root, "size=2m")) {
            store.probe("shop", 0);
            staging = store.stage(Fixtures.ID, 1);
            manifest = Fixtures.aManifest(Fixtures.ID, 1, Fixtures.aFile(staging, "database.dump", "dump"));
        }

        var failure =
                catchThrowableOfType(BackupException.class, () -> store.seal(staging, "shop", Fixtures.NOON, manifest));
        staging.discard();

        assertThat(failure.failure().code()).isEqualTo(FailureCode.STORAGE_MISSING);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void a_volume_above_the_root_that_is_unmounted_is_missing_and_the_root_is_not_made_anew() throws Exception {
        var disk = directory.resolve("disk");
        var root = disk.resolve("backups");
        var store = store(root);
        try (var tmpfs = Tmpfs.mount(disk, "size=2m")) {
            store.check(List.of());
        }

        assertMissing(store, disk);
        assertThat(disk).isEmptyDirectory();
    }

    @Test
    void a_volume_that_comes_back_is_taken_again() throws Exception {
        var root = directory.resolve("backups");
        var store = store(root);
        try (var tmpfs = Tmpfs.mount(root, "size=2m")) {
            store.check(List.of());
            assertThat(Command.run(
                                    "mount",
                                    "--bind",
                                    root.toString(),
                                    directory(directory.resolve("kept")).toString())
                            .exitCode())
                    .isZero();
        }
        assertMissing(store, root);

        Command.run("mount", "--bind", directory.resolve("kept").toString(), root.toString());
        try {
            store.check(List.of());
        } finally {
            Command.run("umount", root.toString());
            Command.run("umount", directory.resolve("kept").toString());
        }
    }

    @Test
    void a_new_and_empty_volume_at_the_same_place_is_taken_with_a_mark_of_its_own() throws Exception {
        var root = directory.resolve("backups");
        var store = store(root);
        memory.holdsBackups = true;
        String before;
        try (var tmpfs = Tmpfs.mount(root, "size=2m")) {
            store.check(List.of());
            before = Files.readString(root.resolve(".holdfast-volume"));
        }
        try (var tmpfs = Tmpfs.mount(root, "size=2m")) {
            store.check(List.of());

            assertThat(Files.readString(root.resolve(".holdfast-volume"))).isNotEqualTo(before);
        }
    }

    @Test
    void a_directory_that_somebody_says_is_the_right_one_is_taken() throws Exception {
        var root = directory.resolve("backups");
        var store = store(root);
        try (var tmpfs = Tmpfs.mount(root, "size=2m")) {
            store.check(List.of());
        }
        assertMissing(store, root);

        Files.createFile(root.resolve(".holdfast-volume"));
        store.check(List.of());

        assertThat(Files.readString(root.resolve(".holdfast-volume"))).isNotBlank();
        store.probe("shop", 0);
    }

    @Test
    void a_plain_directory_that_is_gone_with_its_backups_is_missing_until_somebody_makes_it() throws Exception {
        var root = directory.resolve("backups");
        var store = store(root);
        store.check(List.of());
        memory.holdsBackups = true;
        TreeRemoval.delete(root);

        var failure = catchThrowableOfType(BackupException.class, () -> store.probe("shop", 0));
        assertThat(failure.failure().code()).isEqualTo(FailureCode.STORAGE_MISSING);
        assertThat(store.artifact(root.resolve("shop/shop_backup_1"), "database.dump"))
                .isEmpty();
        assertThatExceptionOfType(BackupException.class).isThrownBy(() -> store.findSealed(BackupId.next(), "shop"));
        assertThat(root).doesNotExist();

        Files.createDirectory(root);
        store.probe("shop", 0);
    }

    @Test
    void a_plain_directory_that_never_held_a_backup_is_made_anew() throws Exception {
        var root = directory.resolve("backups");
        var store = store(root);
        store.check(List.of());
        TreeRemoval.delete(root);

        store.check(List.of());

        assertThat(root.resolve(".holdfast-volume")).exists();
    }

    private static void assertMissing(LocalBackupStore store, Path mountPoint) {
        for (var work : List.<Runnable>of(
                () -> store.check(List.of()),
                () -> store.probe("shop", 0),
                () -> store.clearEarlier(Fixtures.ID, 2),
                () -> store.stage(Fixtures.ID, 1),
                () -> store.sweep(Set::of))) {
            var failure = catchThrowableOfType(BackupException.class, work::run).failure();
            assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_MISSING);
            assertThat(failure.summary()).contains("not mounted at " + mountPoint);
        }
    }

    private static Path directory(Path path) throws Exception {
        return Files.createDirectory(path);
    }

    private LocalBackupStore store(Path root) {
        return new LocalBackupStore(new StorageProperties(root), new VolumeGuard(memory), Clock.systemUTC());
    }
}
