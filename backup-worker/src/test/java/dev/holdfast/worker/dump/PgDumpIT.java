package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.worker.source.SourceAccess;
import dev.holdfast.worker.source.SourceServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PgDumpIT {
    private static final DumpPlan PARALLEL = new DumpPlan(DumpPlan.Way.PARALLEL, 2, "6");

    private static final DumpPlan REPACKED = new DumpPlan(DumpPlan.Way.REPACKED, 2, "0");

    private static SourceServer server;

    @TempDir
    private Path directory;

    private Workshop workshop;

    @BeforeAll
    static void start() {
        server = new SourceServer();
        server.create("shop");
        server.sql(
                "shop",
                "create table orders as select i as id, repeat(md5(i::text), 20) as note from generate_series(1, 20000) i",
                "create table customers as select i as id, '🐘 ' || i as name from generate_series(1, 1000) i",
                "create sequence numbers start 77",
                "select lo_from_bytea(4711, 'a large object')");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @BeforeEach
    void open() {
        workshop = new Workshop(directory);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    static Stream<String> unusual_names() {
        return SourceServer.UNUSUAL_NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("unusual_names")
    void a_database_is_dumped_and_restored_by_its_exact_name(String name) throws Exception {
        // Its password is its name, and a password of two lines is refused.
        var role = "role of " + name.replace('\n', ' ');
        server.create(name);
        server.createRole(role);
        server.sql(name, "create table only_here as select 42 as answer", "grant select on only_here to public");

        workshop.dumper()
                .dump(workshop.request(server.access(name, role)), (bytes, tables) -> {}, workshop.log, workshop.stop);

        server.sql("postgres", "drop database " + quoted(name));
        restore(workshop.output().resolve("database.dump"), "--create", "postgres");
        assertThat(server.number(name, "select answer from only_here")).isEqualTo(42);
        assertThat(Path.of("/tmp/pwn")).doesNotExist();
    }

    @Test
    void a_stream_reports_its_progress_and_restores_to_the_same_rows() throws Exception {
        var progress = new ArrayList<Long>();
        var tables = new ArrayList<Integer>();

        workshop.dumper()
                .dump(
                        workshop.request(server.access("shop")),
                        (bytes, done) -> {
                            progress.add(bytes);
                            tables.add(done);
                        },
                        workshop.log,
                        workshop.stop);

        var file = workshop.output().resolve("database.dump");
        assertThat(progress).isSorted().last().isEqualTo(Files.size(file));
        assertThat(tables).isSorted().last().isEqualTo(2);
        assertThat(workshop.log.lines()).anyMatch(line -> line.contains("dumping contents of table \"public.orders\""));
        assertRestores(file);
    }

    @Test
    void several_processes_write_a_directory_that_restores_to_the_same_rows() throws Exception {
        var progress = new ArrayList<Long>();
        var tables = new ArrayList<Integer>();

        workshop.dumper(PARALLEL)
                .dump(
                        workshop.request(server.access("shop")),
                        (bytes, done) -> {
                            progress.add(bytes);
                            tables.add(done);
                        },
                        workshop.log,
                        workshop.stop);

        assertThat(progress).isSorted().last().isNotEqualTo(0L);
        assertThat(tables).isSorted().last().isEqualTo(2);
        assertRestores(workshop.output().resolve("database"));
    }

    @Test
    void a_stream_repacked_into_a_directory_restores_to_the_same_rows() throws Exception {
        var progress = new ArrayList<Long>();

        workshop.dumper(REPACKED)
                .dump(
                        workshop.request(server.access("shop")),
                        (bytes, done) -> progress.add(bytes),
                        workshop.log,
                        workshop.stop);

        assertThat(progress).isSorted().last().isNotEqualTo(0L);
        assertRestores(workshop.output().resolve("database"));
    }

    @Test
    void the_roles_are_saved_with_their_passwords_where_they_may_be_read() throws IOException {
        workshop.dumper()
                .dump(workshop.request(server.access("shop")), (bytes, done) -> {}, workshop.log, workshop.stop);

        assertThat(workshop.output().resolve("globals.sql"))
                .content()
                .contains("CREATE ROLE")
                .contains("SCRAM-SHA-256");
    }

    @Test
    void the_roles_are_saved_without_passwords_where_they_may_not() throws IOException {
        server.create("small");
        server.createRole("modest");

        workshop.dumper()
                .dump(
                        workshop.request(server.access("small", "modest")),
                        (bytes, done) -> {},
                        workshop.log,
                        workshop.stop);

        assertThat(workshop.output().resolve("globals.sql"))
                .content()
                .contains("CREATE ROLE modest")
                .doesNotContain("SCRAM-SHA-256");
        assertThat(workshop.log.lines()).noneMatch(line -> line.startsWith("ERROR"));
    }

    @Test
    void no_secret_is_in_arguments_or_environment_and_the_private_files_go_away() throws Exception {
        server.create("secretive");
        server.createRole("s3cret:pa\\ss");
        server.sql("secretive", "create table t (id int)", "grant select on t to public");
        var request = workshop.request(server.access("secretive", "s3cret:pa\\ss"));
        try (var locker = server.connect("secretive");
                var statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("lock table t");
            var dump = CompletableFuture.runAsync(
                    () -> workshop.dumper().dump(request, (bytes, done) -> {}, workshop.log, workshop.stop));
            await().until(() ->
                    server.number("postgres", "select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                            == 1);
            var tool = Workshop.tools().getFirst();

            assertThat(proc(tool, "cmdline"))
                    .contains("pg_dump")
                    .doesNotContain("s3cret:")
                    .doesNotContain("pa\\ss");
            assertThat(proc(tool, "environ"))
                    .contains("PGSERVICEFILE=", "LC_MESSAGES=C")
                    .doesNotContain("s3cret", "PGPASSWORD", "JAVA", "MAVEN");
            assertThat(privateFiles())
                    .extracting(PgDumpIT::mode)
                    .containsExactlyInAnyOrder("rwx------", "rw-------", "rw-------");
            locker.rollback();
            dump.get(30, TimeUnit.SECONDS);
        }
        assertThat(privateFiles()).isEmpty();
        assertThat(String.join("\n", workshop.log.lines())).doesNotContain("s3cret:pa\\ss");
    }

    @Test
    void a_password_with_a_line_break_is_refused_before_anything_runs() throws IOException {
        var access = server.access("shop");
        var broken = new SourceAccess(access.connection(), "a\nb", "holdfast-test");

        var failure = workshop.failureOf(
                workshop.dumper(),
                new DumpRequest(
                        broken,
                        workshop.clients.forServer(15),
                        workshop.request(access).facts(),
                        directory));

        assertThat(failure.summary()).contains("line break");
        assertThat(workshop.settings.privateRoot()).doesNotExist();
    }

    private void assertRestores(Path archive) throws Exception {
        server.create("again");
        restore(archive, "--exit-on-error", "again");
        for (var table : new String[] {"orders", "customers"}) {
            var checksum = "select sum(hashtextextended(t::text, 0)) % 1000000007 from " + table + " t";
            assertThat(server.number("again", checksum)).isEqualTo(server.number("shop", checksum));
        }
        assertThat(server.number("again", "select nextval('numbers')")).isEqualTo(77);
        assertThat(server.number("again", "select octet_length(lo_get(4711))")).isEqualTo(14);
    }

    private void restore(Path archive, String option, String database) throws Exception {
        var builder = new ProcessBuilder(
                        workshop.clients.forServer(15).pgRestore().toString(),
                        option,
                        "--dbname=" + database,
                        archive.toString())
                .redirectErrorStream(true);
        builder.environment().putAll(server.environment());
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private Stream<Path> privateFiles() throws IOException {
        try (var files = Files.walk(workshop.settings.privateRoot())) {
            return files.filter(file -> !file.equals(workshop.settings.privateRoot())).toList().stream();
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String proc(ProcessHandle process, String file) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), file), StandardCharsets.ISO_8859_1);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
