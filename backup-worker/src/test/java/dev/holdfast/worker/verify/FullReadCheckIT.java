package dev.holdfast.worker.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.embedded.EmbeddedPostgres;
import dev.holdfast.worker.dump.CrowdedLauncher;
import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.dump.ToolLauncher;
import dev.holdfast.worker.dump.archive.DirectoryRepacker;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.Command;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

class FullReadCheckIT {
    private static final PgClient CLIENT = new PgClient(pgDirectory(), 15, "15.18");

    @TempDir
    private static Path dumps;

    private static EmbeddedPostgres server;

    @TempDir
    private Path directory;

    private final StopSignal stop = new StopSignal();
    private final ToolLauncher launcher = new ToolLauncher();
    private final FullReadCheck check = new FullReadCheck(launcher);

    @AfterEach
    void close() {
        launcher.close();
    }

    @BeforeAll
    static void dumpADatabase() throws Exception {
        server = EmbeddedPostgres.temporary();
        server.createDatabase("shop");
        try (var connection = server.dataSource("shop").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table item as select n, md5(n::text) as word from generate_series(1, 20000) n");
            statement.execute("create table empty (n int primary key)");
            statement.execute("select lo_from_bytea(0, decode(repeat('ab', 5000), 'hex'))");
        }
        dump("custom/database.dump", "-Fc");
        dump("plain/database.dump", "-Fc", "-Z0");
        dump("directory/database", "-Fd");
        Files.createDirectory(dumps.resolve("repacked"));
        try (var archive = Files.newInputStream(dumps.resolve("plain/database.dump"))) {
            new DirectoryRepacker(2)
                    .repack(archive, dumps.resolve("repacked/database"), (bytes, tables) -> {}, new StopSignal());
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"custom", "plain", "directory", "repacked"})
    void a_sound_archive_passes_and_its_files_are_hashed_as_sha256sum_does(String kind) throws Exception {
        take(kind);
        Files.writeString(directory.resolve("globals.sql"), "create role x;\n");

        var artifacts = check.verify(directory, CLIENT, stop);

        assertThat(artifacts).extracting(Artifact::file).isSorted().contains("globals.sql");
        var list = directory.resolve("SHA256SUMS");
        Files.write(
                list,
                artifacts.stream().map(one -> one.sha256() + "  " + one.file()).toList());
        var sums = Command.run("sh", "-c", "cd \"$0\" && sha256sum --strict -c SHA256SUMS", directory.toString());
        assertThat(sums.exitCode()).as(sums.output()).isZero();
        assertThat(artifacts)
                .allSatisfy(one -> assertThat(directory.resolve(one.file())).hasSize(one.sizeBytes()));
        assertThat(check.unchanged(directory, artifacts, stop)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"custom", "plain"})
    void an_archive_cut_by_one_byte_is_invalid(String kind) throws Exception {
        var file = take(kind).resolve("database.dump");
        truncate(file, Files.size(file) - 1);

        assertThat(failure().detail()).contains("pg_restore 15.18 ended with exit code 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"custom", "plain"})
    void an_archive_cut_in_half_is_invalid(String kind) throws Exception {
        var file = take(kind).resolve("database.dump");
        truncate(file, Files.size(file) / 2);

        assertThat(failure().summary()).isEqualTo("database.dump does not read back whole");
    }

    @Test
    void a_flipped_bit_in_compressed_data_is_found() throws Exception {
        var file = take("custom").resolve("database.dump");
        flipBit(file, Files.size(file) / 2);

        failure();
    }

    @Test
    void an_empty_archive_is_invalid() throws Exception {
        truncate(take("custom").resolve("database.dump"), 0);

        assertThat(failure().detail()).isEqualTo("the file is empty");
    }

    @Test
    void a_foreign_file_is_no_archive() throws Exception {
        Files.writeString(directory.resolve("database.dump"), "SELECT 1;");

        assertThat(failure().detail()).contains("does not begin as an archive");
    }

    @Test
    void a_dump_that_left_nothing_is_invalid() {
        assertThat(failure().detail()).contains("neither database.dump nor database/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "repacked"})
    void a_missing_data_file_is_found(String kind) throws Exception {
        Files.delete(biggest(take(kind)));

        failure();
    }

    @Test
    void a_missing_table_of_contents_is_found() throws Exception {
        Files.delete(take("directory").resolve("database/toc.dat"));

        assertThat(failure().detail()).isEqualTo("the file is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "repacked"})
    void a_data_file_cut_by_one_byte_is_found(String kind) throws Exception {
        var file = biggest(take(kind));
        truncate(file, Files.size(file) - 1);

        failure();
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "repacked"})
    void a_data_file_cut_in_half_is_found(String kind) throws Exception {
        var file = biggest(take(kind));
        truncate(file, Files.size(file) / 2);

        failure();
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "repacked"})
    void a_flipped_bit_in_a_data_file_is_found(String kind) throws Exception {
        var file = biggest(take(kind));
        flipBit(file, Files.size(file) / 2);

        failure();
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "repacked"})
    void a_data_file_that_no_longer_begins_as_gzip_is_found(String kind) throws Exception {
        flipBit(biggest(take(kind)), 0);

        failure();
    }

    @Test
    void a_part_of_a_repacked_file_that_was_lost_whole_is_found() throws Exception {
        Files.writeString(biggest(take("repacked")), "");

        assertThat(failure().detail()).contains("its end is missing");
    }

    @Test
    void a_link_among_the_files_is_refused() throws Exception {
        take("custom");
        Files.createSymbolicLink(directory.resolve("globals.sql"), Path.of("/etc/passwd"));

        assertThat(failure().detail()).isEqualTo("it is no regular file");
    }

    @Test
    void a_backup_that_changed_after_it_was_verified_is_told() throws Exception {
        var artifacts = check.verify(take("custom"), CLIENT, stop);
        var file = directory.resolve("database.dump");

        flipBit(file, 5);
        assertThat(check.unchanged(directory, artifacts, stop)).isFalse();
        flipBit(file, 5);
        assertThat(check.unchanged(directory, artifacts, stop)).isTrue();
        truncate(file, Files.size(file) - 1);
        assertThat(check.unchanged(directory, artifacts, stop)).isFalse();
        Files.delete(file);
        assertThat(check.unchanged(directory, artifacts, stop)).isFalse();
        var outside = new Artifact("../../../../etc/passwd", Files.size(Path.of("/etc/passwd")), "0");
        assertThat(check.unchanged(directory, List.of(outside), stop)).isFalse();
    }

    @Test
    void without_the_tool_the_failure_says_so() throws Exception {
        take("custom");
        var missing = new PgClient(directory.resolve("nowhere"), 15, "15.18");

        assertThat(failureWith(missing).code()).isEqualTo(FailureCode.TOOL_MISSING);
    }

    @Test
    void a_tool_that_can_not_be_started_now_is_not_missing() throws Exception {
        take("custom");
        try (var crowded = new CrowdedLauncher()) {
            var failure = catchThrowableOfType(
                            BackupException.class, () -> new FullReadCheck(crowded).verify(directory, CLIENT, stop))
                    .failure();

            assertThat(failure.code()).isEqualTo(FailureCode.TOOL_KILLED);
            assertThat(failure.retryable()).isTrue();
        }
    }

    @Test
    void a_tool_that_is_killed_is_named_with_its_signal() throws Exception {
        take("custom");

        assertThat(failureWith(aToolThatRuns("kill -9 $$")).detail()).contains("was ended by signal 9");
    }

    @Test
    void a_tool_with_endless_complaints_neither_hangs_nor_fills_the_memory() throws Exception {
        take("custom");

        var failure = failureWith(aToolThatRuns("head -c 20000000 /dev/zero | tr '\\0' 'x' >&2; exit 3"));

        assertThat(failure.detail()).contains("exit code 3").hasSizeLessThan(10_000);
    }

    @Test
    void a_tool_gets_no_environment_of_ours() throws Exception {
        take("custom");

        var failure = failureWith(aToolThatRuns("/usr/bin/env >&2; exit 1"));

        assertThat(failure.detail().lines().filter(line -> line.contains("=")))
                .allMatch(line ->
                        Stream.of("LC_ALL=C", "PATH=", "PWD=", "_=", "SHLVL=").anyMatch(line::startsWith)
                                || line.startsWith("pg_restore "));
    }

    @Test
    void a_stop_ends_the_tool_and_leaves_no_process() throws Exception {
        take("custom");
        var tool = aToolThatRuns("echo $$ > \"$(dirname \"$0\")/pid\"; exec sleep 600");
        var cancelled = Failure.of(FailureCode.CANCELLED, "cancelled", "", Map.of());

        var outcome = CompletableFuture.supplyAsync(() -> failureWith(tool));
        var process = processOf(tool);
        stop.stop(cancelled);

        assertThat(outcome).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(cancelled);
        Awaitility.await().until(() -> !process.isAlive());
    }

    @Test
    void a_tool_dies_with_a_worker_that_is_killed() throws Exception {
        assumeThat(Path.of("/usr/bin/setpriv"))
                .as("without setpriv a tool that writes nothing runs to its end")
                .isExecutable();
        take("custom");
        var tool = aToolThatRuns("echo $$ > \"$(dirname \"$0\")/pid\"; exec sleep 600");
        var worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        directory.toString(),
                        tool.directory().toString())
                .inheritIO()
                .start();
        try {
            var process = processOf(tool);

            worker.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

            Awaitility.await().until(() -> !process.isAlive());
        } finally {
            worker.descendants().forEach(ProcessHandle::destroyForcibly);
            worker.destroyForcibly();
        }
    }

    /** Of the tool that writes its number into a file. */
    private static ProcessHandle processOf(PgClient tool) throws IOException {
        var pidFile = tool.directory().resolve("pid");
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(pidFile) && Files.size(pidFile) > 0);
        return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                .orElseThrow();
    }

    private PgClient aToolThatRuns(String script) throws IOException {
        var tools = Files.createDirectory(dumps.resolve("tool-" + System.nanoTime()));
        Files.writeString(tools.resolve("pg_restore"), "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(tools.resolve("pg_restore"), PosixFilePermissions.fromString("rwx------"));
        return new PgClient(tools, 15, "15.18");
    }

    private Path take(String kind) throws IOException {
        FileSystemUtils.copyRecursively(dumps.resolve(kind), directory);
        return directory;
    }

    private Failure failure() {
        var failure = failureWith(CLIENT);
        assertThat(failure.code()).isEqualTo(FailureCode.ARTIFACT_INVALID);
        return failure;
    }

    private Failure failureWith(PgClient client) {
        return catchThrowableOfType(BackupException.class, () -> check.verify(directory, client, stop))
                .failure();
    }

    private static Path biggest(Path directory) throws IOException {
        try (var files = Files.list(directory.resolve("database"))) {
            return files.filter(file -> file.toString().endsWith(".dat.gz"))
                    .max((one, other) ->
                            Long.compare(one.toFile().length(), other.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void truncate(Path file, long size) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(size);
        }
    }

    private static void flipBit(Path file, long position) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(position);
            int value = access.read();
            access.seek(position);
            access.write(value ^ 1);
        }
    }

    private static void dump(String target, String... options) throws IOException, InterruptedException, SQLException {
        var file = dumps.resolve(target);
        Files.createDirectories(file.getParent());
        var command = Stream.concat(
                        Stream.of(CLIENT.pgDump().toString(), "--no-password", "-f", file.toString()),
                        Stream.of(options))
                .toList();
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PGHOST", "127.0.0.1",
                        "PGPORT", Integer.toString(server.port()),
                        "PGUSER", server.username(),
                        "PGPASSWORD", server.password(),
                        "PGDATABASE", "shop"));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** A client of the embedded server's version or newer; Debian's is the one that the build needs anyway. */
    private static Path pgDirectory() {
        try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("pg_dump")))
                    .max(Path::compareTo)
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("these tests need a PostgreSQL client, see the README", e);
        }
    }

    /** A JVM of its own that reads an archive through and waits to be killed. */
    static final class Worker {
        public static void main(String[] arguments) {
            new FullReadCheck(new ToolLauncher())
                    .verify(Path.of(arguments[0]), new PgClient(Path.of(arguments[1]), 15, "15.18"), new StopSignal());
        }
    }
}
