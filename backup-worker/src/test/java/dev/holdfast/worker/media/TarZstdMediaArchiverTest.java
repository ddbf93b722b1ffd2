package dev.holdfast.worker.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.Command;
import dev.holdfast.worker.storage.OtherUser;
import dev.holdfast.worker.storage.Stores;
import dev.holdfast.worker.storage.Tmpfs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarZstdMediaArchiverTest {
    @TempDir
    private Path directory;

    private Path media;
    private Path output;
    private final RecordingLog log = new RecordingLog();
    private final StopSignal stop = new StopSignal();

    @BeforeEach
    void makeDirectories() throws IOException {
        media = Files.createDirectory(directory.resolve("media"));
        output = Files.createDirectory(directory.resolve("backups"));
    }

    @Test
    void everything_comes_back_from_tar_as_it_was() throws Exception {
        shell("""
                mkdir -p empty deep/deeper/deepest 'with space' "$(printf 'new\\nline')"
                echo plain > file; : > nothing; printf 'umlaut' > 'üñí🐘'
                ln file deep/hard; ln file 'with space/hard2'
                ln -s file link; ln -s ../../nowhere 'deep/dangling'; ln -s / deep/root; ln -s "$(printf 'x\\377y/')" badlink
                touch -d '1969-07-20 20:17:40.123456789 UTC' old; touch -d '2026-11-23 12:00:00.5 UTC' fraction
                chmod 4751 file; chmod 0000 nothing; chmod 2775 empty; chmod 0555 deep/deeper
                touch other; chown 4242:424242 other; touch huge-id; chown 3000000000:3000000001 huge-id
                printf 'raw' > "$(printf 'not-utf8-\\377\\376')"
                mkdir "$(printf 'dir\\303')"; printf 'in' > "$(printf 'dir\\303/\\200')"
                long=$(printf 'l%.0s' $(seq 1 200)); mkdir -p "$long/$long"; echo long > "$long/$long/$long"
                ln -s "$long/$long/$long" longlink; ln "$long/$long/$long" longhard; printf 'x' > 'back\\slash'
                touch -d '2001-02-03 04:05:06.789 UTC' deep/deeper deep empty .
                """);

        archive(media);

        var restored = restore();
        assertThat(listing(restored.resolve(relative(media)))).isEqualTo(listing(media));
        assertThat(Command.run(
                        "diff",
                        "-r",
                        "--no-dereference",
                        media.toString(),
                        restored.resolve(relative(media)).toString()))
                .isEqualTo(new Command(0, ""));
        assertThat(log.warnings).isEmpty();
        assertThat(Files.getPosixFilePermissions(output.resolve("media.tar.zst")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void zstd_itself_finds_the_archive_sound() throws Exception {
        Files.writeString(media.resolve("file"), "content");

        archive(media);

        var test = Command.run("zstd", "--test", output.resolve("media.tar.zst").toString());
        assertThat(test.exitCode()).as(test.output()).isZero();
        assertThat(MediaTally.readFrom(output.resolve("media.tar.zst"))).contains(new MediaTally(2, 7));
    }

    @Test
    void pipes_sockets_and_devices_are_noted_and_never_opened() throws Exception {
        shell(
                "mkfifo pipe; mknod device c 1 9; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"socket\")'");
        Files.writeString(media.resolve("file"), "content");

        archive(media);

        assertThat(names()).containsExactlyInAnyOrder(relative(media) + "/", relative(media) + "/file");
        assertThat(log.warnings)
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("is a pipe, socket or device"));
    }

    @Test
    void a_file_that_shrinks_while_it_is_read_is_filled_up_and_noted() throws Exception {
        var file = aFileOf(media.resolve("file"), 8 << 20);

        archiveWhile(bytes -> truncate(file, 1 << 20), media);

        assertThat(log.warnings)
                .singleElement()
                .asString()
                .contains(file + " had 8388608 bytes at first and 1048576 later");
        assertThat(restore().resolve(relative(file))).hasSize(8 << 20);
    }

    @Test
    void a_file_that_grows_while_it_is_read_is_cut_and_noted() throws Exception {
        var file = aFileOf(media.resolve("file"), 8 << 20);

        archiveWhile(bytes -> truncate(file, 9 << 20), media);

        assertThat(log.warnings)
                .singleElement()
                .asString()
                .contains(file + " had 8388608 bytes at first and 9437184 later");
        assertThat(restore().resolve(relative(file))).hasSize(8 << 20);
    }

    @Test
    void a_directory_that_vanishes_while_the_archive_is_made_is_noted() throws Exception {
        aFileOf(media.resolve("first/file"), 2 << 20);
        aFileOf(media.resolve("second/file"), 2 << 20);
        // Which one is read first is the file system's choice; that one goes on to the end, since it is open.
        archiveWhile(
                bytes -> run(
                        "rm",
                        "-rf",
                        media.resolve("first").toString(),
                        media.resolve("second").toString()),
                media);

        assertThat(log.warnings)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("vanished"));
        assertThat(names()).hasSize(3);
    }

    @Test
    void a_file_that_vanishes_while_the_archive_is_made_is_noted() throws Exception {
        aFileOf(media.resolve("first"), 2 << 20);
        aFileOf(media.resolve("second"), 2 << 20);
        // Whichever is read first goes on to its end, since it is open.
        archiveWhile(
                bytes -> run(
                        "rm",
                        "-f",
                        media.resolve("first").toString(),
                        media.resolve("second").toString()),
                media);

        assertThat(log.warnings).singleElement().asString().contains("vanished");
        assertThat(names()).hasSize(2);
    }

    @Test
    void links_that_go_in_circles_and_names_that_look_like_ways_out_stay_what_they_are() throws Exception {
        shell(
                "ln -s two one; ln -s one two; ln -s . self; mkdir -- '...' '..x' '-rf'; echo x > '..x/..y'; echo x > ./-C");

        archive(media);

        assertThat(names())
                .hasSize(9)
                .allMatch(name -> Path.of(name).normalize().equals(Path.of(name)));
        assertThat(listing(restore().resolve(relative(media)))).isEqualTo(listing(media));
        assertThat(log.warnings).isEmpty();
    }

    @Test
    void many_small_files_all_come_back() throws Exception {
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            Files.writeString(media.resolve("file-" + i), "x");
        }

        archive(media);

        assertThat(MediaTally.readFrom(output.resolve("media.tar.zst"))).contains(new MediaTally(count + 1, count));
        assertThat(names()).hasSize(count + 1).doesNotHaveDuplicates();
    }

    @Test
    void two_roots_never_collide_and_one_within_another_is_packed_once() throws Exception {
        var other = Files.createDirectories(directory.resolve("other/media"));
        Files.writeString(media.resolve("file"), "one");
        Files.writeString(other.resolve("file"), "two");
        Files.createDirectory(media.resolve("inner"));

        archive(media, other, media.resolve("inner"), media.resolve("inner/.."), media);

        var restored = restore();
        assertThat(restored.resolve(relative(media)).resolve("file")).hasContent("one");
        assertThat(restored.resolve(relative(other)).resolve("file")).hasContent("two");
        assertThat(names()).hasSize(5).doesNotHaveDuplicates().noneMatch(name -> name.startsWith("/"));
    }

    @Test
    void links_are_kept_as_links_but_a_root_may_be_one() throws Exception {
        Files.createSymbolicLink(media.resolve("out"), Path.of("/etc"));
        var alias = Files.createSymbolicLink(directory.resolve("alias"), media);

        archive(alias);

        assertThat(names()).containsExactly(relative(alias) + "/", relative(alias) + "/out");
    }

    @Test
    void the_backups_themselves_are_left_out_with_a_warning() throws Exception {
        Files.writeString(media.resolve("file"), "content");
        Files.writeString(output.resolve("older-backup"), "content");

        archive(directory);

        assertThat(names()).contains(relative(media) + "/file").noneMatch(name -> name.contains("backups"));
        assertThat(log.warnings).singleElement().asString().contains(output + " is where the backups are");
    }

    @Test
    void what_is_holdfasts_own_is_left_out_with_a_warning_and_no_root_is_within_it() throws Exception {
        var keys = Files.createDirectories(directory.resolve("keys/old"));
        Files.writeString(keys.resolveSibling("worker.key"), "secret");
        var alias = Files.createSymbolicLink(directory.resolve("uploads"), keys);

        archive(directory);

        assertThat(names()).contains(relative(media) + "/").noneMatch(name -> name.contains("/keys"));
        assertThat(log.warnings)
                .anySatisfy(line -> assertThat(line).contains(keys.getParent() + " belongs to Holdfast itself"));
        for (var root : List.of(keys.getParent(), keys, alias)) {
            Files.delete(output.resolve("media.tar.zst"));
            assertThat(failureOf(root).summary()).contains(root.toString(), "belongs to Holdfast itself");
            assertRefusedBeforehand(root);
        }
    }

    @Test
    void where_dumps_keep_their_passwords_is_left_out_whichever_worker_they_belong_to() throws Exception {
        var name =
                "holdfast-%d-1795875645000-7".formatted(ProcessHandle.current().pid() + 1);
        var connection =
                Files.createDirectories(media.resolve("tmp").resolve(name).resolve("tls"));
        Files.writeString(connection.resolve("pgpass"), "secret");
        Files.setPosixFilePermissions(connection.getParent(), PosixFilePermissions.fromString("rwx------"));
        Files.createDirectory(media.resolve("tmp/holdfast-2026-01-15"));

        archive(media);

        assertThat(names())
                .containsExactlyInAnyOrder(
                        relative(media) + "/",
                        relative(media) + "/tmp/",
                        relative(media) + "/tmp/holdfast-2026-01-15/");
        assertThat(log.warnings)
                .singleElement()
                .asString()
                .contains(connection.getParent() + " belongs to Holdfast itself");
        Files.delete(output.resolve("media.tar.zst"));
        assertThat(failureOf(connection).summary()).contains("belongs to Holdfast itself");
    }

    @Test
    void a_root_that_is_missing_or_no_directory_fails_and_the_backup_root_is_refused() throws Exception {
        var file = Files.writeString(directory.resolve("file"), "");

        assertRefusedBeforehand(output);
        for (var root : List.of(directory.resolve("missing"), file)) {
            var failure = failureOf(root);

            assertThat(failure.code()).isEqualTo(FailureCode.MEDIA_UNREADABLE);
            assertThat(failure.summary()).contains(root.toString());
            Files.delete(output.resolve("media.tar.zst"));
        }
    }

    @Test
    void a_file_that_may_not_be_read_fails_with_its_owner_and_who_asks() throws Exception {
        var user = OtherUser.in(directory);
        OtherUser.open(media);
        var secret = Files.writeString(media.resolve("secret"), "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Command.run("chown", "1001", output.toString());

        assertThat(user.java(ArchiveMain.class, media, output).output())
                .startsWith("MEDIA_UNREADABLE\n" + secret + " can't be read: Permission denied\n")
                .contains(
                        secret + " is owned by 0:0 (root:root) with mode 0600 (rw-------); the worker runs as uid 1001")
                .contains("ls -lan " + secret);
    }

    @Test
    void a_directory_that_may_not_be_read_fails_with_its_owner() throws Exception {
        var user = OtherUser.in(directory);
        OtherUser.open(media);
        var closed = Files.createDirectory(media.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx--x--x"));
        Command.run("chown", "1001", output.toString());

        assertThat(user.java(ArchiveMain.class, media, output).output())
                .startsWith("MEDIA_UNREADABLE\n")
                .contains(closed + " is owned by 0:0 (root:root) with mode 0711");
    }

    @Test
    void a_full_volume_is_a_failure_of_the_storage_and_not_of_the_media() throws Exception {
        aFileOf(media.resolve("file"), 4 << 20);
        try (var tmpfs = Tmpfs.mount(output, "size=2m")) {
            var failure = failureOf(media);

            assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_FULL);
            assertThat(failure.detail()).contains(tmpfs.directory().toString());
        }
    }

    @Test
    void a_sparse_file_streams_through_and_the_listener_hears_of_every_mebibyte() throws Exception {
        try (var file = new RandomAccessFile(media.resolve("sparse").toFile(), "rw")) {
            file.setLength(512L << 20);
        }
        var heard = new ArrayList<Long>();

        archiveWhile(heard::add, media);

        assertThat(heard).hasSizeGreaterThanOrEqualTo(512).isSorted();
        assertThat(heard.getLast()).isEqualTo(Files.size(output.resolve("media.tar.zst")));
        assertThat(Files.size(output.resolve("media.tar.zst"))).isLessThan(1 << 20);
        assertThat(MediaTally.readFrom(output.resolve("media.tar.zst"))).contains(new MediaTally(2, 512L << 20));
    }

    @Test
    void a_stop_ends_the_work_within_a_file() throws Exception {
        aFileOf(media.resolve("file"), 8 << 20);
        var cancelled = Failure.of(FailureCode.CANCELLED, "cancelled", "", Map.of());

        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> archiveWhile(bytes -> stop.stop(cancelled), media))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(cancelled));
    }

    @Test
    void names_of_files_can_not_forge_lines_of_the_log() throws Exception {
        shell("mkfifo \"$(printf 'a\\nERROR: forged\\033[2J')\"");

        archive(media);

        assertThat(log.warnings)
                .singleElement()
                .asString()
                .contains("a?ERROR: forged?[2J")
                .doesNotContain("\n");
    }

    /** Nothing that a person could type would make it right, so nothing is advised that would open the keys. */
    private void assertRefusedBeforehand(Path root) {
        var roots = new MediaRoots(Stores.at(output), new MediaSettings(List.of(directory.resolve("keys"))));
        var failure = catchThrowableOfType(BackupException.class, () -> roots.requireReadable(List.of(root)))
                .failure();
        assertThat(failure.code()).isEqualTo(FailureCode.MEDIA_REFUSED);
        assertThat(failure.remedies()).allMatch(remedy -> remedy.commands().isEmpty());
    }

    private void archive(Path... roots) {
        archiveWhile(bytes -> {}, roots);
    }

    private void archiveWhile(LongConsumer listener, Path... roots) {
        var own = List.of(directory.resolve("keys"), directory.resolve("not there"), Path.of("/etc/passwd/keys"));
        new TarZstdMediaArchiver(Stores.at(output), new MediaSettings(own))
                .archive(List.of(roots), output, listener, log, stop);
    }

    private Failure failureOf(Path root) {
        return catchThrowableOfType(BackupException.class, () -> archive(root)).failure();
    }

    private Path restore() throws Exception {
        var restored = Files.createDirectory(directory.resolve("restored"));
        var tar = Command.run(
                "tar", "--zstd", "-xpf", output.resolve("media.tar.zst").toString(), "-C", restored.toString());
        assertThat(tar.exitCode()).as(tar.output()).isZero();
        // It warns of a date before 1970, and restores it.
        assertThat(tar.output().lines()).allMatch(line -> line.contains("implausibly old time stamp 1969"));
        return restored;
    }

    private List<String> names() throws Exception {
        return Command.run(
                        "tar", "--zstd", "-tf", output.resolve("media.tar.zst").toString())
                .output()
                .lines()
                .toList();
    }

    /** Everything that stat knows and that a restore can bring back; link targets included. */
    private static String listing(Path root) throws Exception {
        return Command.run(
                        "sh",
                        "-c",
                        "cd \"$1\" && find . -printf '%P|%y|%m|%U|%G|%n|%s|%T@|%l\\n' | sed -E 's/(\\|d\\|.*)\\|[0-9]+\\|([0-9]+)\\|(-?[0-9.]+)/\\1|\\3/' | LC_ALL=C sort | cat -v",
                        "sh",
                        root.toString())
                .output();
    }

    private static String relative(Path path) {
        return Path.of("/").relativize(path).toString();
    }

    private void shell(String script) throws Exception {
        var result = Command.run("bash", "-ec", "cd \"$0\"\n" + script, media.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private static Path aFileOf(Path file, int size) throws IOException {
        Files.createDirectories(file.getParent());
        var content = new byte[size];
        new Random(1).nextBytes(content);
        return Files.write(file, content);
    }

    private static void truncate(Path file, long size) {
        run("truncate", "-s", Long.toString(size), file.toString());
    }

    private static void run(String... words) {
        try {
            Command.run(words);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
