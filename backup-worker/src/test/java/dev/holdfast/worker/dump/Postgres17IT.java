package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.source.SourceAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A server of version 17: too new for this machine's client of 15, and dumped with zstd by a client out of its own image. */
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CONTAINER_TESTS", matches = "true")
class Postgres17IT {
    /** Copies the client and all that it loads, so that it runs on a machine with another C library. */
    private static final String COLLECT = """
        mkdir -p /tmp/client && cd /tmp/client
        cp /usr/lib/postgresql/17/bin/pg_dump /usr/lib/postgresql/17/bin/pg_restore .
        ldd pg_dump pg_restore | grep -o '/[^ )]*' | grep -v ':$' | sort -u | xargs -I{} cp -L {} .
        cp -L /lib64/ld-linux-x86-64.so.2 loader 2>/dev/null || cp -L /lib/ld-linux-aarch64.so.1 loader
        """;

    private static final GenericContainer<?> SERVER = new GenericContainer<>("postgres:17")
            .withEnv("POSTGRES_PASSWORD", "secret")
            .withExposedPorts(5432)
            .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 2));

    @TempDir
    private static Path tools;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        SERVER.start();
        sql("create table t as select i, md5(i::text) as note from generate_series(1, 100000) i");
        sql("create table u as select i, md5(i::text) as note from generate_series(1, 100000) i");
        takeClient();
    }

    @AfterAll
    static void end() {
        SERVER.stop();
    }

    @Test
    void an_older_client_is_refused_before_it_runs_and_when_it_runs() throws IOException {
        try (var workshop = new Workshop(directory)) {
            var request = workshop.request(access());

            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> workshop.clients.forServer(request.facts().majorVersion()))
                    .withMessageContaining("TOOL_TOO_OLD");
            assertThat(workshop.failureOf(workshop.dumper(), request).code()).isEqualTo(FailureCode.TOOL_TOO_OLD);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DumpPlan.Way.class,
            names = {"STREAM", "PARALLEL"})
    void a_client_of_its_own_version_compresses_with_zstd(DumpPlan.Way way) throws Exception {
        try (var workshop = new Workshop(directory)) {
            var client = workshop.probe.clientIn(tools.toRealPath()).orElseThrow();
            var facts = workshop.request(access()).facts();
            var request = new DumpRequest(access(), client, facts, workshop.output());
            assertThat(workshop.probe.knowsZstd(client)).isTrue();

            workshop.dumper(new DumpPlan(way, 2, "zstd:1"))
                    .dump(request, (bytes, done) -> {}, workshop.log, workshop.stop);

            var archive = workshop.output().resolve(way == DumpPlan.Way.STREAM ? "database.dump" : "database");
            assertThat(list(client, archive)).contains("Compression: zstd", "TABLE DATA public u");
        }
    }

    private static String list(PgClient client, Path archive) throws Exception {
        var process = new ProcessBuilder(client.pgRestore().toString(), "--list", archive.toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static SourceAccess access() {
        var source = new SourceConnection(
                SERVER.getHost(), SERVER.getMappedPort(5432), "postgres", "postgres", SslMode.PREFER);
        return new SourceAccess(source, "secret", "holdfast-test");
    }

    private static void sql(String sql) throws Exception {
        var result = SERVER.execInContainer("psql", "-U", "postgres", "-c", sql);
        assertThat(result.getExitCode()).as(result.getStderr()).isZero();
    }

    private static void takeClient() throws Exception {
        var result = SERVER.execInContainer("sh", "-ec", COLLECT);
        assertThat(result.getExitCode()).as(result.getStderr()).isZero();
        var real = Files.createDirectory(tools.resolve("real"));
        try (var tar = new TarArchiveInputStream(SERVER.getDockerClient()
                .copyArchiveFromContainerCmd(SERVER.getContainerId(), "/tmp/client/.")
                .exec())) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    Files.copy(tar, real.resolve(Path.of(entry.getName()).getFileName()));
                }
            }
        }
        Files.setPosixFilePermissions(real.resolve("loader"), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (var tool : List.of("pg_dump", "pg_restore")) {
            Workshop.script(
                    tools.resolve(tool), "exec %1$s/loader --library-path %1$s %1$s/%2$s \"$@\"".formatted(real, tool));
        }
    }
}
