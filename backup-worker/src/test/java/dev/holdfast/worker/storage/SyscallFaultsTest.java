package dev.holdfast.worker.storage;

import static dev.holdfast.worker.storage.Fixtures.ID;
import static dev.holdfast.worker.storage.Fixtures.aStore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.failure.FailureCode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each system call between the first byte of a backup and its publication, failing with each errno that a volume may give. A
 * tracer puts the errno in the kernel's place, once; whatever follows is the real kernel's answer.
 */
@Timeout(60)
class SyscallFaultsTest {
    @TempDir
    private static Path directory;

    private static Process seals;
    private static BufferedReader outcomes;
    private static BufferedWriter roots;
    private static String thread;

    /** A call of the recipe. Calls with a question mark are not there on every processor. */
    private enum Call {
        OPEN("openat", ".part/%s.1/database.dump", 1),
        WRITE("write,?pwrite64", ".part/%s.1/database.dump", 2),
        CLOSE("close", ".part/%s.1/database.dump", 1),
        /** The second opening is for the mode; where that is refused, the JDK has a way without. */
        OPEN_TO_FSYNC("openat", ".part/%s.1/database.dump", 3),
        FSYNC("fsync,fdatasync", ".part/%s.1/database.dump", 1),
        CLOSE_AFTER_FSYNC("close", ".part/%s.1/database.dump", 3),
        FSYNC_OF_THE_STAGED_DIRECTORY("fsync,fdatasync", ".part/%s.1", 1),
        OPEN_OF_THE_MANIFEST("openat", ".part/%s.1/manifest.json.part", 1),
        WRITE_OF_THE_MANIFEST("write,?pwrite64", ".part/%s.1/manifest.json.part", 1),
        FSYNC_OF_THE_MANIFEST("fsync,fdatasync", ".part/%s.1/manifest.json.part", 1),
        RENAME_OF_THE_MANIFEST("?rename,?renameat,renameat2", ".part/%s.1/manifest.json.part", 1),
        FSYNC_OF_THE_MANIFESTS_DIRECTORY("fsync,fdatasync", ".part/%s.1", 2),
        MKDIR_OF_THE_SOURCE("?mkdir,mkdirat", "shop", 1),
        RENAME("?rename,?renameat,renameat2", ".part/%s.1", 1),
        FSYNC_OF_THE_DIRECTORY("fsync,fdatasync", "shop", 1),
        FSYNC_OF_THE_STAGING_AREA("fsync,fdatasync", ".part", 1);

        private final String names;
        private final String path;
        private final int which;

        Call(String names, String path, int which) {
            this.names = names;
            this.path = path;
            this.which = which;
        }

        Path path(Path root) {
            return root.resolve(path.formatted(ID));
        }

        boolean makesSomething() {
            return switch (this) {
                case OPEN, OPEN_OF_THE_MANIFEST, MKDIR_OF_THE_SOURCE -> true;
                default -> false;
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase().replace('_', ' ');
        }
    }

    private enum Errno {
        EACCES(FailureCode.STORAGE_PERMISSION_DENIED),
        EPERM(FailureCode.STORAGE_OPERATION_NOT_PERMITTED),
        EROFS(FailureCode.STORAGE_READ_ONLY),
        ENOSPC(FailureCode.STORAGE_FULL),
        EDQUOT(FailureCode.STORAGE_QUOTA_EXCEEDED),
        EIO(FailureCode.STORAGE_IO_ERROR),
        EMFILE(FailureCode.STORAGE_TOO_MANY_OPEN_FILES),
        EFBIG(FailureCode.STORAGE_FILE_TOO_LARGE),
        ESTALE(FailureCode.STORAGE_STALE_HANDLE);

        private final FailureCode code;

        Errno(FailureCode code) {
            this.code = code;
        }

        /** What can't even be made while bytes are free lacks an inode. */
        FailureCode codeFor(Call call) {
            return this == ENOSPC && call.makesSomething() ? FailureCode.STORAGE_INODES_EXHAUSTED : code;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Strace.assumeAttaches(directory);
        seals = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FaultedSeals.class.getName())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        outcomes = seals.inputReader();
        roots = seals.outputWriter();
        thread = outcomes.readLine();
        assertThat(sealed(aRoot())).as("without a fault").isEqualTo("shop_backup_20261123_120000_2e3f4a5b");
    }

    @AfterAll
    static void stop() throws Exception {
        if (seals != null) {
            roots.close();
            assertThat(seals.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("pairs")
    void a_call_that_fails_ends_in_its_code_and_leaves_nothing_that_can_be_seen(Call call, Errno errno)
            throws Exception {
        var root = aRoot();
        String outcome;
        List<String> calls;

        try (var tracer = Strace.attach(thread, call.path(root), call.names, errno.name(), call.which)) {
            outcome = sealed(root);
            calls = tracer.calls();
        }

        assertThat(calls).as("the fault was met").anyMatch(line -> line.contains(errno + " ("));
        assertThat(outcome).isEqualTo(errno.codeFor(call).name());
        assertThat(namesBelow(root)).isSubsetOf(".part", "shop");
        assertThat(aStore(root).findSealed(ID, "shop")).isEmpty();
        assertNoSecondFsync(calls);
    }

    /** Linux drops the dirty pages of a file whose fsync failed, and reports success the second time. */
    private static void assertNoSecondFsync(List<String> calls) {
        var after = calls.stream()
                .dropWhile(line -> !line.contains("(INJECTED)"))
                .skip(1)
                .toList();
        assertThat(after).noneMatch(line -> line.contains("fsync(") || line.contains("fdatasync("));
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(Call.values())
                .flatMap(call -> Arrays.stream(Errno.values()).map(errno -> Arguments.of(call, errno)));
    }

    private static Path aRoot() throws IOException {
        return Files.createTempDirectory(directory, "backups");
    }

    /** The name of the final directory, or the code of the failure. */
    private static String sealed(Path root) throws IOException {
        roots.write(root + "\n");
        roots.flush();
        var outcome = outcomes.readLine();
        assertThat(outcome).as(Files.readString(directory.resolve("errors"))).isNotNull();
        return Path.of(outcome).getFileName().toString();
    }

    private static List<String> namesBelow(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.skip(1).map(file -> root.relativize(file).toString()).toList();
        }
    }
}
