package dev.holdfast.worker.storage;

import static dev.holdfast.worker.storage.Fixtures.ID;
import static dev.holdfast.worker.storage.Fixtures.NOON;
import static dev.holdfast.worker.storage.Fixtures.aFile;
import static dev.holdfast.worker.storage.Fixtures.aManifest;
import static dev.holdfast.worker.storage.Fixtures.aStore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that the kernel itself makes, as production meets them. */
class VolumeFaultsTest {
    @TempDir
    private Path directory;

    @Test
    void a_full_volume_is_told_as_such_and_nothing_becomes_visible() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=256k")) {
            var store = aStore(tmpfs.directory());
            store.probe("shop", 0);
            var staging = store.stage(ID, 1);
            // All pages but the volume's marker; the probe, and the seal's manifest, then find no page more.
            var artifact = aFile(staging, "database.dump", "x".repeat(4096 * 63));

            var probe = failureOf(() -> store.probe("shop", 0));
            var seal = failureOf(() -> store.seal(staging, "shop", NOON, aManifest(ID, 1, artifact)));

            assertThat(probe.code()).isEqualTo(FailureCode.STORAGE_FULL);
            assertThat(seal.code()).isEqualTo(FailureCode.STORAGE_FULL);
            assertThat(seal.detail())
                    .contains("No space left on device", tmpfs.directory().toString());
            assertThat(tmpfs.directory().resolve("shop")).doesNotExist();
            staging.discard();
            store.probe("shop", 0);
        }
    }

    @Test
    void what_a_dead_attempt_left_takes_no_room_from_the_next_one() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=256k")) {
            var store = aStore(tmpfs.directory());
            store.probe("shop", 0);
            aFile(store.stage(ID, 1), "database.dump", "x".repeat(4096 * 63));
            assertThat(failureOf(() -> store.probe("shop", 100_000)).code()).isEqualTo(FailureCode.STORAGE_FULL);

            store.clearEarlier(ID, 2);

            store.probe("shop", 100_000);
        }
    }

    @Test
    void expected_bytes_are_held_against_the_free_space() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m")) {
            var store = aStore(tmpfs.directory());

            store.probe("shop", 1_600_000);
            var failure = failureOf(() -> store.probe("shop", 1_900_000));

            assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_FULL);
            assertThat(failure.summary()).contains("needs about 2,227 KiB", "2,04");
            assertThat(failure.detail()).contains("needed: 2280000 bytes");
        }
    }

    @Test
    void what_other_backups_are_going_to_take_is_not_free() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m")) {
            var store = aStore(tmpfs.directory());

            store.probe("shop", 1_000_000, new PromisedRoom(2, 800_000));
            var failure = failureOf(() -> store.probe("shop", 1_000_000, new PromisedRoom(2, 1_000_000)));

            assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_FULL);
            assertThat(failure.summary())
                    .startsWith("the backup needs about 1,172 KiB, but " + tmpfs.directory())
                    .endsWith(" KiB free, of which 2 other running backups need 977 KiB");
            assertThat(failure.detail()).endsWith("expected of 2 other running backups: 1000000 bytes");
        }
    }

    @Test
    void a_volume_without_inodes_says_so_though_bytes_are_free() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m,nr_inodes=3")) {
            var failure = failureOf(() -> aStore(tmpfs.directory()).probe("shop", 0));

            assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_INODES_EXHAUSTED);
            assertThat(failure.detail()).contains("No space left on device", "run out of inodes");
        }
    }

    @Test
    void a_read_only_volume_is_told_with_its_mount() throws Exception {
        try (var tmpfs = Tmpfs.mount(directory.resolve("backups"), "size=2m")) {
            var store = aStore(tmpfs.directory());
            store.probe("shop", 0);
            var staging = store.stage(ID, 1);
            tmpfs.remount("ro");

            var probe = failureOf(() -> store.probe("shop", 0));
            var clear = failureOf(() -> store.clearEarlier(ID, 2));
            var stage = failureOf(() -> store.stage(ID, 2));
            var seal = failureOf(() -> store.seal(staging, "shop", NOON, aManifest(ID, 1)));

            assertThat(probe.code()).isEqualTo(FailureCode.STORAGE_READ_ONLY);
            assertThat(clear.code()).isEqualTo(FailureCode.STORAGE_READ_ONLY);
            assertThat(stage.code()).isEqualTo(FailureCode.STORAGE_READ_ONLY);
            assertThat(seal.code()).isEqualTo(FailureCode.STORAGE_READ_ONLY);
            assertThat(probe.remedies().getLast().commands())
                    .containsExactly("mount -o remount,rw " + tmpfs.directory());
        }
    }

    @Test
    void staging_on_another_file_system_is_refused_before_a_dump_runs() throws Exception {
        var root = Files.createDirectory(directory.resolve("backups"));
        try (var tmpfs = Tmpfs.mount(root.resolve(".part"), "size=2m")) {
            var failure = failureOf(() -> aStore(root).probe("shop", 0));

            assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_FAILED);
            assertThat(failure.detail()).contains("another file system");
            assertThat(tmpfs.directory()).isEmptyDirectory();
            assertThat(root.resolve("shop")).doesNotExist();
        }
    }

    @Test
    void an_immutable_directory_refuses_root_too_and_lsattr_is_named() throws Exception {
        var root = Files.createDirectory(directory.resolve("backups"));
        assumeTrue(
                Command.run("chattr", "+i", root.toString()).exitCode() == 0, "this file system has no immutable flag");
        try {
            var failure = failureOf(() -> aStore(root).probe("shop", 0));

            assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_OPERATION_NOT_PERMITTED);
            assertThat(failure.detail()).contains("Operation not permitted", "lsattr");
            assertThat(failure.remedies().get(1).commands()).containsExactly("chattr -i -a " + root);
        } finally {
            Command.run("chattr", "-i", root.toString());
        }
    }

    @Test
    void a_volume_owned_by_root_names_the_directory_its_owner_and_who_asks() throws Exception {
        var user = OtherUser.in(directory);
        var root = Files.createDirectory(directory.resolve("backups"));
        OtherUser.open(root);

        var output = user.java(ProbeMain.class, root).output();

        assertThat(output)
                .startsWith("STORAGE_PERMISSION_DENIED\n")
                .contains(root + " is owned by 0:0 (root:root) with mode 0755")
                .contains("the worker runs as uid 1001, gid 1001, groups none")
                .contains("error: could not create \"" + root.resolve(".part") + "\": Permission denied\n", "\nmount /")
                .contains("chown -R 1001:1001 " + root + "\n");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void a_link_a_loop_and_a_file_in_the_place_of_a_directory_have_codes_of_their_own() throws Exception {
        var root = Files.createDirectory(directory.resolve("backups"));
        var store = aStore(root);
        Files.createSymbolicLink(root.resolve("linked"), directory);
        Files.createSymbolicLink(root.resolve("lost"), Path.of("nowhere"));
        Files.createSymbolicLink(root.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(root.resolve("two"), Path.of("one"));
        Files.writeString(root.resolve("file"), "");

        assertThat(failureOf(() -> store.probe("linked", 0)).code()).isEqualTo(FailureCode.STORAGE_SYMBOLIC_LINK);
        assertThat(failureOf(() -> store.probe("lost", 0)).code()).isEqualTo(FailureCode.STORAGE_SYMBOLIC_LINK);
        assertThat(failureOf(() -> store.probe("one", 0)).code()).isEqualTo(FailureCode.STORAGE_LINK_LOOP);
        assertThat(failureOf(() -> store.probe("file", 0)).code()).isEqualTo(FailureCode.STORAGE_NOT_A_DIRECTORY);
        assertThat(failureOf(() -> aStore(root.resolve("file")).probe("shop", 0))
                        .code())
                .isEqualTo(FailureCode.STORAGE_NOT_A_DIRECTORY);
        assertThat(failureOf(() -> aStore(root.resolve("file/below")).probe("shop", 0))
                        .code())
                .isEqualTo(FailureCode.STORAGE_NOT_A_DIRECTORY);
        assertThat(failureOf(() -> aStore(root.resolve("x".repeat(300))).probe("shop", 0))
                        .code())
                .isEqualTo(FailureCode.STORAGE_NAME_TOO_LONG);
        assertThat(failureOf(() -> aStore(root.resolve("no/parent")).probe("shop", 0))
                        .code())
                .isEqualTo(FailureCode.STORAGE_MISSING);
    }

    /** The kernel returns these only for broken disks, dead servers and used-up quotas; strace puts them in its place. */
    @ParameterizedTest
    @CsvSource({
        "EDQUOT, STORAGE_QUOTA_EXCEEDED",
        "EIO, STORAGE_IO_ERROR",
        "ESTALE, STORAGE_STALE_HANDLE",
        "EFBIG, STORAGE_FILE_TOO_LARGE",
        "EMFILE, STORAGE_TOO_MANY_OPEN_FILES",
        "ENOSPC, STORAGE_INODES_EXHAUSTED",
        "EPERM, STORAGE_OPERATION_NOT_PERMITTED"
    })
    void an_errno_of_the_kernel_has_its_code(String errno, FailureCode code) throws Exception {
        assumeTrue(Strace.works(directory), "there is no strace here, or it may not trace");
        var user = OtherUser.in(directory);
        var root = Files.createDirectory(directory.resolve("backups"));
        Command.run("chown", "1001:1001", root.toString());

        var output = user.traced("mkdir,mkdirat", errno, ProbeMain.class, root).output();

        assertThat(output).startsWith(code + "\n").contains("error: could not create \"" + root);
    }

    @Test
    void a_source_directory_of_another_owner_shows_in_a_look_at_the_whole_volume_too() throws Exception {
        var user = OtherUser.in(directory);
        var root = Files.createDirectories(directory.resolve("backups/shop")).getParent();
        Files.createDirectory(root.resolve("lost+found"));
        Command.run("chown", "1001:1001", root.toString());
        OtherUser.open(root.resolve("shop"));

        assertThat(user.java(ProbeMain.class, root, "check", "other").output()).isEqualTo("passed\n");
        assertThat(user.java(ProbeMain.class, root, "check", "shop").output())
                .startsWith("STORAGE_PERMISSION_DENIED\n" + root.resolve("shop") + " refuses");
    }

    @Test
    void a_volume_owned_by_the_worker_passes() throws Exception {
        var user = OtherUser.in(directory);
        var root = Files.createDirectory(directory.resolve("backups"));
        Command.run("chown", "1001:1001", root.toString());

        assertThat(user.java(ProbeMain.class, root).output()).isEqualTo("passed\n");
    }

    @Test
    void a_parent_that_can_not_be_searched_is_the_one_that_is_named() throws Exception {
        var user = OtherUser.in(directory);
        var closed = Files.createDirectories(directory.resolve("closed"));
        Files.createDirectories(closed.resolve("deep/backups"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        var output = user.java(ProbeMain.class, closed.resolve("deep/backups")).output();

        assertThat(output)
                .startsWith("STORAGE_PERMISSION_DENIED\n" + closed + " refuses")
                .contains(closed + " is owned by 0:0 (root:root) with mode 0700")
                .doesNotContain("chown -R 1001:1001 " + closed + "\n");
    }

    @Test
    void a_source_directory_of_another_owner_is_named_rather_than_the_root() throws Exception {
        var user = OtherUser.in(directory);
        var root = Files.createDirectories(directory.resolve("backups/shop")).getParent();
        Command.run("chown", "1001:1001", root.toString());
        OtherUser.open(root.resolve("shop"));

        var output = user.java(ProbeMain.class, root).output();

        assertThat(output)
                .startsWith("STORAGE_PERMISSION_DENIED\n")
                .contains(root.resolve("shop") + " is owned by 0:0 (root:root) with mode 0755")
                .contains("chown -R 1001:1001 " + root.resolve("shop") + "\n");
        assertThat(root.resolve(".part")).isEmptyDirectory();
    }

    @Test
    void a_root_that_may_not_be_made_says_whose_directory_refuses_and_never_offers_to_take_that_over()
            throws Exception {
        var user = OtherUser.in(directory);
        var parent = Files.createDirectory(directory.resolve("app"));
        OtherUser.open(parent);

        var output = user.java(ProbeMain.class, parent.resolve("backups")).output();

        assertThat(output)
                .startsWith("STORAGE_PERMISSION_DENIED\n")
                .contains(parent + " is owned by 0:0 (root:root) with mode 0755")
                .contains("chown -R 1001:1001 " + parent.resolve("backups") + "\n")
                .doesNotContain("chown -R 1001:1001 " + parent + "\n");
    }

    private static Failure failureOf(ThrowingCallable work) {
        return catchThrowableOfType(BackupException.class, work).failure();
    }
}
