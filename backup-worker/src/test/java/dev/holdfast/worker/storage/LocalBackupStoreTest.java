package dev.holdfast.worker.storage;

import static dev.holdfast.worker.storage.Fixtures.ID;
import static dev.holdfast.worker.storage.Fixtures.NOON;
import static dev.holdfast.worker.storage.Fixtures.aFile;
import static dev.holdfast.worker.storage.Fixtures.aManifest;
import static dev.holdfast.worker.storage.Fixtures.aStore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalBackupStoreTest {
    @TempDir
    private Path directory;

    private Path root;
    private LocalBackupStore store;

    @BeforeEach
    void open() {
        root = directory.resolve("backups");
        store = aStore(root);
    }

    @Test
    void a_sealed_backup_lies_under_its_source_with_the_manifest_and_nothing_is_left_in_staging() throws Exception {
        var path = sealed(ID, 1);

        assertThat(path).isEqualTo(root.resolve("shop/shop_backup_20261123_120000_2e3f4a5b"));
        assertThat(filesBelow(path)).containsExactly("backup.log", "database", "database/toc.dat", "manifest.json");
        assertThat(root.resolve(".part")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "077", "777"})
    void modes_are_the_same_under_any_umask(String umask) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var script = "umask %s; exec %s -XX:TieredStopAtLevel=1 -cp \"$0\" %s \"$1\""
                .formatted(umask, java, SealMain.class.getName());

        var command = Command.run("sh", "-c", script, System.getProperty("java.class.path"), root.toString());

        assertThat(command.exitCode()).as(command.output()).isZero();
        var path = store.findSealed(ID, "shop").getFirst().path();
        assertThat(modeOf(root)).isEqualTo("rwxr-x---");
        assertThat(modeOf(root.resolve(".part"))).isEqualTo("rwx------");
        assertThat(modeOf(root.resolve("shop"))).isEqualTo("rwxr-x---");
        assertThat(modeOf(path)).isEqualTo("rwxr-x---");
        assertThat(modeOf(path.resolve("database"))).isEqualTo("rwxr-x---");
        assertThat(modeOf(path.resolve("database/toc.dat"))).isEqualTo("rw-r-----");
        assertThat(modeOf(path.resolve("backup.log"))).isEqualTo("rw-r-----");
        assertThat(modeOf(path.resolve("manifest.json"))).isEqualTo("rw-r-----");
    }

    @Test
    void staging_is_private_and_takes_away_earlier_attempts_but_never_a_later_one() throws Exception {
        var first = store.stage(ID, 1);
        var third = store.stage(ID, 3);
        var other = store.stage(BackupId.next(), 1);
        var second = store.stage(ID, 2);

        assertThat(modeOf(second.directory())).isEqualTo("rwx------");
        assertThat(first.directory()).doesNotExist();
        assertThat(third.directory()).exists();
        assertThat(other.directory()).exists();
    }

    @Test
    void clearing_takes_away_earlier_attempts_of_the_same_backup_alone() throws Exception {
        var third = store.stage(ID, 3);
        var first = store.stage(ID, 1);
        var other = store.stage(BackupId.next(), 1);
        var sealed = sealed(BackupId.next(), 1);
        aFile(first, "database/deep/file", "x");

        store.clearEarlier(ID, 3);
        store.clearEarlier(ID, 3);

        assertThat(first.directory()).doesNotExist();
        assertThat(third.directory()).exists();
        assertThat(other.directory()).exists();
        assertThat(sealed).exists();
    }

    @Test
    void an_attempt_that_is_staged_again_finds_its_directory_empty() throws Exception {
        aFile(store.stage(ID, 1), "database.dump", "half");

        assertThat(store.stage(ID, 1).directory()).isEmptyDirectory();
    }

    @Test
    void a_seal_whose_name_is_taken_gets_a_longer_one() throws Exception {
        var first = sealed(ID, 1);
        var second = sealed(ID, 2);

        assertThat(second.getFileName()).hasToString("shop_backup_20261123_120000_8a9b0c1d2e3f4a5b");
        assertThat(first).isDirectoryContaining("glob:**manifest.json");
        assertThat(store.findSealed(ID, "shop"))
                .extracting(found -> found.manifest().attempt())
                .containsExactly(2, 1);
    }

    @Test
    void files_that_are_not_those_of_the_manifest_are_not_sealed() throws Exception {
        var staging = store.stage(ID, 1);
        var artifact = aFile(staging, "database.dump", "content");
        Files.writeString(staging.directory().resolve("database.dump"), "cont");

        assertFails(FailureCode.ARTIFACT_INVALID, () -> store.seal(staging, "shop", NOON, aManifest(ID, 1, artifact)));
        assertThat(root.resolve("shop")).doesNotExist();
    }

    @Test
    void a_symbolic_link_among_the_staged_files_is_not_sealed() throws Exception {
        var staging = store.stage(ID, 1);
        Files.createSymbolicLink(staging.directory().resolve("database.dump"), Path.of("/etc/passwd"));

        assertFails(FailureCode.STORAGE_FAILED, () -> store.seal(staging, "shop", NOON, aManifest(ID, 1)));
        assertThat(modeOf(Path.of("/etc/passwd"))).isEqualTo("rw-r--r--");
    }

    @Test
    void a_planted_link_in_place_of_a_directory_of_ours_is_refused() throws Exception {
        var elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createDirectory(root);
        Files.createSymbolicLink(root.resolve("shop"), elsewhere);

        assertFails(FailureCode.STORAGE_SYMBOLIC_LINK, () -> store.probe("shop", 0));
        assertFails(FailureCode.STORAGE_SYMBOLIC_LINK, () -> sealed(ID, 1));

        Files.delete(root.resolve(".part").resolve(ID + ".1/backup.log"));
        TreeRemoval.delete(root.resolve(".part"));
        Files.createSymbolicLink(root.resolve(".part"), elsewhere);
        assertFails(FailureCode.STORAGE_SYMBOLIC_LINK, () -> store.clearEarlier(ID, 2));
        assertFails(FailureCode.STORAGE_SYMBOLIC_LINK, () -> store.stage(ID, 1));
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void a_root_that_is_a_link_is_followed() throws Exception {
        var volume = Files.createDirectory(directory.resolve("volume"));
        Files.createSymbolicLink(root, volume);

        store.probe("shop", 0);
        var path = sealed(ID, 1);

        assertThat(path).startsWith(volume);
        assertThat(store.artifact(path, "backup.log")).isPresent();
        assertThat(store.artifact(root.resolve(volume.relativize(path)), "backup.log"))
                .isPresent();
    }

    @Test
    void a_root_whose_parent_is_missing_is_not_made() {
        var orphan = aStore(directory.resolve("not/there"));

        assertFails(FailureCode.STORAGE_MISSING, () -> orphan.probe("shop", 0));
        assertThat(directory.resolve("not")).doesNotExist();
    }

    @Test
    void a_directory_without_a_manifest_is_no_backup() throws Exception {
        var path = sealed(ID, 1);
        Files.delete(path.resolve("manifest.json"));

        assertThat(store.findSealed(ID, "shop")).isEmpty();
        assertThat(store.artifact(path, "backup.log")).isEmpty();
    }

    @Test
    void a_backup_is_found_by_its_id_alone() throws Exception {
        var path = sealed(ID, 1);
        // The same last digits, and the same source, but another backup.
        var twin = BackupId.of("0190a1b2-c3d4-7e5f-8a9b-ffff2e3f4a5b");

        assertThat(store.findSealed(ID, "shop")).extracting(SealedBackup::path).containsExactly(path);
        assertThat(store.findSealed(twin, "shop")).isEmpty();
        assertThat(store.findSealed(ID, "other")).isEmpty();
    }

    @Test
    void a_deleted_backup_is_gone_and_deleting_it_twice_does_no_harm() throws Exception {
        var path = sealed(ID, 1);
        var backup = store.findSealed(ID, "shop").getFirst();

        store.delete(backup);
        store.delete(backup);

        assertThat(path).doesNotExist();
        assertThat(root.resolve(".part")).isEmptyDirectory();
    }

    @Test
    void nothing_outside_a_sealed_backup_can_be_deleted() throws Exception {
        var outside = Files.createDirectories(directory.resolve("shop/outside"));
        Files.writeString(outside.resolve("manifest.json"), "{}");
        sealed(ID, 1);

        store.delete(new SealedBackup(outside, aManifest(ID, 1)));
        store.delete(new SealedBackup(root.resolve("shop/../../shop/outside"), aManifest(ID, 1)));

        assertThat(outside).isDirectoryContaining("glob:**manifest.json");
    }

    @Test
    void an_artifact_is_a_regular_file_of_a_sealed_backup() throws Exception {
        var path = sealed(ID, 1);
        assertThat(store.artifact(path, "database/toc.dat")).contains(path.resolve("database/toc.dat"));
        assertThat(store.artifact(path, "manifest.json")).isPresent();

        Files.createSymbolicLink(path.resolve("link"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(path.resolve("dir"), Path.of("/etc"));
        Files.createSymbolicLink(root.resolve("alias"), root.resolve("shop"));
        for (var name : List.of(
                "",
                ".",
                "..",
                "database",
                "nothing",
                "../../x",
                "database/../backup.log",
                "./backup.log",
                "/etc/passwd",
                "link",
                "dir/passwd",
                "database//toc.dat",
                "backup.log/",
                "backup.log/x",
                "backup\0.log",
                "a".repeat(5000))) {
            assertThat(store.artifact(path, name)).as(name).isEmpty();
        }
        assertThat(store.artifact(root.resolve("alias").resolve(path.getFileName()), "backup.log"))
                .isEmpty();
        assertThat(store.artifact(root, "shop/" + path.getFileName() + "/backup.log"))
                .isEmpty();
        assertThat(store.artifact(Path.of("/etc"), "passwd")).isEmpty();
        assertThat(store.artifact(path.resolve("../" + path.getFileName()), "backup.log"))
                .isEmpty();
    }

    @Test
    void what_is_staged_can_not_be_downloaded() throws Exception {
        var staging = store.stage(ID, 1);
        aFile(staging, "manifest.json", "{}");

        assertThat(store.artifact(staging.directory(), "manifest.json")).isEmpty();
    }

    @Test
    void a_sweep_leaves_what_runs_and_deletes_what_died_without_following_links() throws Exception {
        var running = store.stage(ID, 1);
        var dead = store.stage(BackupId.next(), 1);
        var outside = Files.writeString(directory.resolve("outside"), "stays");
        Files.createSymbolicLink(dead.directory().resolve("link"), directory);
        Files.createSymbolicLink(root.resolve(".part/planted"), directory);
        aFile(dead, "database/deep/file", "x");
        var sealed = sealed(BackupId.next(), 1);

        store.sweep(() -> Set.of(ID));

        assertThat(running.directory()).exists();
        assertThat(dead.directory()).doesNotExist();
        assertThat(Files.exists(root.resolve(".part/planted"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(outside).hasContent("stays");
        assertThat(sealed).exists();
    }

    @Test
    void a_sweep_deletes_probes_that_died_and_leaves_those_that_may_be_running() throws Exception {
        store.stage(ID, 1);
        var fresh = probeLeftAt(root.resolve(".part"), Duration.ofSeconds(1));
        var old = probeLeftAt(root.resolve(".part"), Duration.ofHours(1));
        var moved = probeLeftAt(Files.createDirectory(root.resolve("shop")), Duration.ofHours(1));

        store.sweep(() -> Set.of(ID));

        assertThat(fresh).exists();
        assertThat(old).doesNotExist();
        assertThat(moved).doesNotExist();
    }

    @Test
    void a_probe_leaves_nothing_behind_and_takes_milliseconds() throws Exception {
        store.probe("shop", 0);
        long start = System.nanoTime();
        store.probe("shop", 1000);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(filesBelow(root)).containsExactly(".holdfast-volume", ".part");
    }

    @Test
    void a_probe_of_a_source_with_backups_leaves_them_alone() throws Exception {
        var path = sealed(ID, 1);
        store.probe("shop", 0);
        var before = filesBelow(root);

        store.probe("shop", 0);

        assertThat(filesBelow(root)).isEqualTo(before);
        assertThat(path).exists();
    }

    @Test
    void too_little_room_is_told_with_both_numbers() {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> store.probe("shop", Long.MAX_VALUE))
                .satisfies(e -> assertThat(e.failure().code()).isEqualTo(FailureCode.STORAGE_FULL))
                .satisfies(e -> assertThat(e.failure().detail())
                        .contains("needed: " + Long.MAX_VALUE + " bytes")
                        .containsPattern("free: \\d+ bytes"));
    }

    @Test
    void a_discarded_staging_is_gone_and_discarding_twice_does_no_harm() throws Exception {
        var staging = store.stage(ID, 1);
        aFile(staging, "database/3001.dat.gz", "x");

        staging.discard();
        staging.discard();

        assertThat(root.resolve(".part")).isEmptyDirectory();
    }

    private Path sealed(BackupId id, int attempt) throws IOException {
        var staging = store.stage(id, attempt);
        var manifest =
                aManifest(id, attempt, aFile(staging, "backup.log", "log"), aFile(staging, "database/toc.dat", "toc"));
        return store.seal(staging, "shop", NOON, manifest);
    }

    private static Path probeLeftAt(Path parent, Duration age) throws IOException {
        var probe = Files.createTempDirectory(parent, ".probe-");
        Files.setLastModifiedTime(probe, FileTime.from(NOON.minus(age)));
        return probe;
    }

    private static void assertFails(FailureCode code, ThrowingCallable work) {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(work)
                .satisfies(e -> assertThat(e.failure().code()).isEqualTo(code));
    }

    private static List<String> filesBelow(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.skip(1)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
