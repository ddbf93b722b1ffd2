package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher as a user calls it: from another directory, with little in the environment, and data in a path with a space. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class LauncherIT {
    private static final Path LAUNCHER =
            Path.of("..").toAbsolutePath().normalize().resolve("holdfast");
    private static final Pattern DUMP = Pattern.compile("^ *(/.*/database\\.dump)$", Pattern.MULTILINE);

    @TempDir
    Path directory;

    private Path data;

    @BeforeEach
    void choose_data() throws IOException {
        data = directory.toRealPath().resolve("my data");
    }

    private record Result(int exitCode, String output) {}

    @Test
    void up_backup_and_down() throws Exception {
        try (var shop = new Shop()) {
            var port = Integer.toString(FreePort.find());

            var up = run("up", "--data", data.toString(), "--port", port);
            assertThat(up.exitCode()).as(up.output()).isZero();
            assertThat(up.output())
                    .contains(
                            "ready",
                            "http://127.0.0.1:" + port,
                            "127.0.0.1",
                            "./holdfast down --data " + data.toString().replace(" ", "\\ "));

            var again = run("up", "--data", data.toString());
            assertThat(again.exitCode()).isZero();
            assertThat(again.output()).contains("runs already at http://127.0.0.1:" + port);

            assertBacksUp(shop);
            assertFailsWithItsCode(shop);
            assertDeletesASource();

            var orphan = killTheJvm();
            var down = run("down", "--data", data.toString());
            assertThat(down.exitCode()).isZero();
            assertThat(down.output()).contains("a killed one had left behind");
            // Ended, but perhaps not yet buried by whoever inherited it.
            await().atMost(Duration.ofSeconds(10)).until(() -> !isRunning(orphan));

            assertThat(run("up", "--data", data.toString(), "--port", port).exitCode())
                    .isZero();
            assertThat(run("down", "--data", data.toString()).output()).contains("has stopped");
            assertThat(processesOf(data)).isEmpty();
            assertThat(data.resolve("backups")).isNotEmptyDirectory();
        }
    }

    private void assertBacksUp(Shop shop) throws Exception {
        var url = "postgresql://%s:%s@127.0.0.1:%d/shop%%20%%22floor%%22%%202"
                .formatted(
                        shop.server().username(),
                        shop.server().password(),
                        shop.server().port());

        var backup = run("backup", url, "--wait", "--data", data.toString());

        assertThat(backup.exitCode()).as(backup.output()).isZero();
        assertThat(backup.output())
                .contains("New source: ", "Completed", "sha256 ")
                .doesNotContain(shop.server().password());
        var dump = DUMP.matcher(backup.output());
        assertThat(dump.find()).as(backup.output()).isTrue();
        shop.assertRestores(Path.of(dump.group(1)));
    }

    private void assertFailsWithItsCode(Shop shop) throws Exception {
        var url = "postgresql://nobody:secret@127.0.0.1:%d/postgres"
                .formatted(shop.server().port());

        var backup = run("backup", url, "--wait", "--data", data.toString());

        assertThat(backup.exitCode()).isEqualTo(1);
        assertThat(backup.output()).contains("Failed", "SOURCE_AUTHENTICATION_FAILED", "cause", "fix", "$ psql");
    }

    private void assertDeletesASource() throws Exception {
        var doctor = run("doctor", "--data", data.toString());
        assertThat(doctor.output()).contains("$ ./holdfast sources delete postgres --data '" + data + "'");

        assertThat(run("sources", "--data", data.toString()).output()).contains("postgres  ", " as nobody");
        var deleted = run("sources", "delete", "postgres", "--data", data.toString());

        assertThat(deleted.exitCode()).as(deleted.output()).isZero();
        assertThat(deleted.output()).contains("Deleted source postgres");
        assertThat(run("sources", "--data", data.toString()).output()).doesNotContain(" as nobody");
    }

    /** Returns the id of the database server that is left behind. */
    private long killTheJvm() throws Exception {
        var jvm = ProcessHandle.of(
                        Long.parseLong(Files.readString(data.resolve("run/pid")).strip()))
                .orElseThrow();
        long server = Long.parseLong(Files.readAllLines(data.resolve("postgres/data/postmaster.pid"))
                .getFirst()
                .strip());
        jvm.destroyForcibly();
        jvm.onExit().join();
        assertThat(ProcessHandle.of(server)).isPresent();
        return server;
    }

    @Test
    void a_port_in_use_is_one_clear_line() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var up = run("up", "--data", data.toString(), "--port", Integer.toString(taken.getLocalPort()));

            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.output())
                    .hasLineCount(1)
                    .contains("port " + taken.getLocalPort() + " is in use by another program", "--port");
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void a_data_directory_that_can_not_be_made_is_one_clear_line() throws Exception {
        var file = Files.writeString(directory.resolve("file"), "");

        var up = run("up", "--data", file.resolve("data").toString());

        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.output()).hasLineCount(1).contains("the data directory can't be made");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "-1", "99999999999", "1"})
    void a_pid_file_that_lies_is_not_believed(String content) throws Exception {
        Files.createDirectories(data.resolve("run"));
        Files.writeString(data.resolve("run/pid"), content);

        var down = run("down", "--data", data.toString());

        assertThat(down.exitCode()).as(down.output()).isZero();
        assertThat(down.output()).contains("is not running");
    }

    @Test
    void a_process_that_has_the_number_by_now_is_left_alone() throws Exception {
        var other = new ProcessBuilder("sleep", "300").start();
        try {
            Files.createDirectories(data.resolve("run"));
            Files.createDirectories(data.resolve("postgres/data"));
            Files.writeString(data.resolve("run/pid"), other.pid() + "\n");
            Files.writeString(data.resolve("postgres/data/postmaster.pid"), other.pid() + "\n" + data + "\n");

            assertThat(run("down", "--data", data.toString()).output()).contains("is not running");

            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "backup", "test", "deploy", "rollback", "volume", "doctor", "sources"})
    void each_command_has_help(String command) throws Exception {
        var help = run(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).startsWith("Usage: ./holdfast " + command).hasSizeGreaterThan(200);
    }

    @ParameterizedTest
    @CsvSource({
        "fly, unknown command",
        "doctor --fast, unknown option",
        "deploy v1 v2, takes one version",
        "deploy a/b, can't be a version",
        "deploy -v, unknown option",
        "deploy --timeout soon, a number of seconds",
        "rollback, to which version",
        "rollback v1 --dev, unknown option",
        "volume, repair or volume reset",
        "volume grow, can repair and reset",
        "volume repair reset, one thing at a time",
        "volume repair --yes, is for reset",
        "volume reset --check, is for repair",
        "doctor --docker --data x, takes no other options",
        "up --fast, unknown option",
        "up --port 0, a number from 1 to 65535",
        "up --port 99999, a number from 1 to 65535",
        "up --port x, a number from 1 to 65535",
        "up --port, a number from 1 to 65535",
        "up --data, needs a directory",
        "down --port 1, unknown option",
        "sources drop shop, sources delete NAME",
        "sources delete, sources delete NAME",
        "test fast, takes no options",
        "backup, which database",
        "backup mysql://x/y, must begin with postgresql://",
    })
    void misuse_has_exit_code_2(String arguments, String complaint) throws Exception {
        var result = run(arguments.split(" "));

        assertThat(result.exitCode()).as(result.output()).isEqualTo(2);
        assertThat(result.output()).contains(complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "rollback v1", "volume repair", "volume reset --yes", "doctor --docker"})
    void a_machine_without_docker_is_one_clear_line_with_a_remedy(String arguments) throws Exception {
        var result = runWithPath(toolsWithoutDocker(), arguments.split(" "));

        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(result.output())
                .hasLineCount(2)
                .startsWith("holdfast: docker was not found on the PATH")
                .contains("Install Docker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "volume repair", "doctor --docker"})
    void a_docker_engine_that_does_not_answer_is_one_clear_line_with_a_remedy(String arguments) throws Exception {
        var docker = Files.writeString(toolsWithoutDocker().resolve("docker"), """
                #!/bin/sh
                echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock." >&2
                exit 1
                """);
        assertThat(docker.toFile().setExecutable(true)).isTrue();

        var result = runWithPath(docker.getParent(), arguments.split(" "));

        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(result.output())
                .startsWith("holdfast: the Docker engine does not answer")
                .contains("systemctl start docker", "Cannot connect");
    }

    @Test
    void a_volume_is_never_reset_unasked() throws Exception {
        var reset = run("volume", "reset");

        assertThat(reset.exitCode()).isEqualTo(1);
        assertThat(reset.output()).contains("deletes every backup", "--yes");
    }

    /** What the launcher needs of a machine, and no more. */
    private Path toolsWithoutDocker() throws IOException {
        var tools = Files.createDirectories(directory.resolve("tools"));
        for (var name : List.of("bash", "sh", "dirname", "cat", "id", "env")) {
            if (Files.notExists(tools.resolve(name))) {
                var real = Files.exists(Path.of("/usr/bin", name)) ? Path.of("/usr/bin", name) : Path.of("/bin", name);
                Files.createSymbolicLink(tools.resolve(name), real);
            }
        }
        return tools;
    }

    private Result run(String... arguments) throws Exception {
        return runWithPath(null, arguments);
    }

    private Result runWithPath(@Nullable Path path, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile(directory, "output", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().retainAll(List.of("HOME", "PATH"));
        builder.environment().put("HOLDFAST_BUILD", "never");
        if (command.contains("up")) {
            builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        }
        if (path != null) {
            builder.environment().put("PATH", path.toString());
        }
        var process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static List<String> processesOf(Path data) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(data.toString()))
                .toList();
    }
}
