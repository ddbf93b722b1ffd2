package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledPgClientsTest {
    @TempDir
    private Path directory;

    private final ToolLauncher launcher = new ToolLauncher();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T12:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final ClientProbe probe = new ClientProbe(launcher, clock, Duration.ofSeconds(2));

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void the_servers_own_major_is_preferred_to_a_newer_one() throws IOException {
        package_("17", "17.6 (Debian 17.6-1)");
        package_("15", "15.18");
        package_("16", "16.9");

        var clients = clients(List.of(), "");

        assertThat(clients.installed()).extracting(PgClient::version).containsExactly("15.18", "16.9", "17.6");
        assertThat(clients.forServer(15).version()).isEqualTo("15.18");
        assertThat(clients.forServer(14).version()).isEqualTo("15.18");
        assertThat(clients.forServer(17).directory()).isEqualTo(real(directory.resolve("usr/17/bin")));
    }

    @Test
    void a_configured_directory_comes_before_path_and_packages() throws IOException {
        package_("15", "15.18");
        var own = Workshop.client(directory.resolve("own"), says("15.1"));
        var onPath = Workshop.client(directory.resolve("path"), says("15.2"));

        assertThat(clients(List.of(own), onPath.toString()).forServer(15).version())
                .isEqualTo("15.1");
        assertThat(clients(List.of(), "relative:" + onPath).forServer(15).version())
                .isEqualTo("15.2");
    }

    @Test
    void a_directory_found_twice_counts_once() throws IOException {
        var own = Workshop.client(directory.resolve("own"), says("15.1"));
        Files.createSymbolicLink(directory.resolve("link"), own);

        assertThat(clients(List.of(own, directory.resolve("link")), own.toString())
                        .installed())
                .hasSize(1);
    }

    @Test
    void debians_wrapper_is_no_client_of_its_own() throws IOException {
        Workshop.script(directory.resolve("pg_wrapper"), says("15.1"));
        var bin = Files.createDirectories(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("pg_dump"), directory.resolve("pg_wrapper"));
        Files.createSymbolicLink(bin.resolve("pg_restore"), directory.resolve("pg_wrapper"));

        assertThat(clients(List.of(bin), "").installed()).isEmpty();
    }

    @Test
    void what_is_broken_or_half_there_is_no_client() throws IOException {
        var silent = Workshop.client(directory.resolve("silent"), "exit 1");
        var half = Workshop.client(directory.resolve("half"), says("15.1"));
        Files.delete(half.resolve("pg_restore"));
        var other = Workshop.client(directory.resolve("other"), "echo something else 15.1");
        var binary = Workshop.client(directory.resolve("binary"), "");
        Files.write(binary.resolve("pg_dump"), new byte[] {0x7f, 'E', 'L', 'F', 0});

        assertThat(clients(List.of(silent, half, other, binary, directory.resolve("none")), "")
                        .installed())
                .isEmpty();
    }

    @Test
    void a_client_that_is_replaced_is_seen_without_a_restart() throws IOException {
        var own = Workshop.client(directory.resolve("own"), says("15.1"));
        var clients = clients(List.of(own), "");
        assertThat(clients.forServer(15).version()).isEqualTo("15.1");

        Workshop.client(own, says("17.2"));
        Files.setLastModifiedTime(own.resolve("pg_dump"), java.nio.file.attribute.FileTime.fromMillis(0));

        assertThat(clients.forServer(15).version()).isEqualTo("17.2");
    }

    @Test
    void a_client_that_does_not_answer_now_is_not_missing_and_is_asked_again() throws IOException {
        package_("15", "15.18");
        var busy = Workshop.client(directory.resolve("usr/17/bin"), saysUnless("busy", "exec sleep 600", "17.6"));
        Files.createFile(busy.resolve("busy"));
        var clients = clients(List.of(), "");

        var failure = failure(clients, 17);

        assertThat(failure.code()).isEqualTo(FailureCode.TOOL_KILLED);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.summary()).contains(real(busy) + "/pg_dump did not answer within 2 s");
        assertThat(clients.forServer(15).version()).isEqualTo("15.18");

        Files.delete(busy.resolve("busy"));

        assertThat(clients.forServer(17).version()).isEqualTo("17.6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kill -9 $$",
                "echo 'pg_dump: error while loading shared libraries: libpq.so.5: failed to map segment: Cannot allocate memory'"
                        + " >&2; exit 127"
            })
    void a_client_that_ends_before_it_answers_is_not_missing(String end) throws IOException {
        var own = Workshop.client(directory.resolve("own"), saysUnless("full", end, "17.6"));
        Files.createFile(own.resolve("full"));
        var clients = clients(List.of(own), "");

        assertThat(failure(clients, 17).code()).isEqualTo(FailureCode.TOOL_KILLED);

        Files.delete(own.resolve("full"));
        assertThat(clients.forServer(17).version()).isEqualTo("17.6");
    }

    @Test
    void without_a_process_left_no_client_is_missing() throws IOException {
        package_("17", "17.6");
        try (var crowded = new CrowdedLauncher()) {
            var failure = failure(clients(List.of(), "", new ClientProbe(crowded, Clock.systemUTC())), 17);

            assertThat(failure.code()).isEqualTo(FailureCode.TOOL_KILLED);
            assertThat(failure.detail()).contains("Resource temporarily unavailable");
        }
    }

    @Test
    void what_a_client_said_last_stands_while_it_is_silent_and_the_same() throws IOException {
        var own = Workshop.client(directory.resolve("own"), saysUnless("busy", "exec sleep 600", "15.1"));
        var clients = clients(List.of(own), "");
        assertThat(clients.forServer(15).version()).isEqualTo("15.1");
        Files.createFile(own.resolve("busy"));
        now.set(now.get().plus(Duration.ofHours(1)));

        assertThat(clients.forServer(15).version()).isEqualTo("15.1");

        Workshop.client(own, saysUnless("busy", "exec sleep 600", "15.18"));
        assertThat(failure(clients, 15).code()).isEqualTo(FailureCode.TOOL_KILLED);
    }

    @Test
    void without_any_client_the_package_to_install_is_named() {
        var failure = failure(clients(List.of(), ""), 17);

        assertThat(failure.code()).isEqualTo(FailureCode.TOOL_MISSING);
        assertThat(failure.remedies().getFirst().commands()).containsExactly("apt-get install -y postgresql-client-17");
    }

    @Test
    void with_older_clients_alone_both_versions_are_named() throws IOException {
        package_("15", "15.18");

        var failure = failure(clients(List.of(), ""), 17);

        assertThat(failure.code()).isEqualTo(FailureCode.TOOL_TOO_OLD);
        assertThat(failure.summary()).contains("17", "15.18");
        assertThat(failure.remedies().getFirst().commands()).containsExactly("apt-get install -y postgresql-client-17");
    }

    @Test
    void this_machines_own_clients_are_found() {
        var settings = new DumpSettings(
                List.of(), org.springframework.util.unit.DataSize.ofMegabytes(1), 1, Workshop.LOCK_WAIT, 3, 1, null);

        assertThat(new InstalledPgClients(new ClientDirectories(settings), probe).installed())
                .as("the tests of this module need a PostgreSQL client")
                .isNotEmpty();
    }

    private static Failure failure(PgClients clients, int major) {
        return catchThrowableOfType(BackupException.class, () -> clients.forServer(major))
                .failure();
    }

    private InstalledPgClients clients(List<Path> configured, String path) {
        return clients(configured, path, probe);
    }

    private InstalledPgClients clients(List<Path> configured, String path, ClientProbe probe) {
        return new InstalledPgClients(
                new ClientDirectories(configured, path, List.of(directory + "/usr/*/bin")), probe);
    }

    private void package_(String major, String version) throws IOException {
        Workshop.client(directory.resolve("usr").resolve(major).resolve("bin"), says(version));
    }

    private static String says(String version) {
        return "echo 'pg_dump (PostgreSQL) " + version + "'";
    }

    /** As long as a file of this name lies beside it, it does something else. */
    private static String saysUnless(String file, String otherwise, String version) {
        return "[ -e \"$(dirname \"$0\")/%s\" ] && { %s; }\n%s".formatted(file, otherwise, says(version));
    }

    private static Path real(Path path) throws IOException {
        return path.toRealPath();
    }
}
