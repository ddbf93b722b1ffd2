package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.source.SourceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpFailuresIT {
    private static final String SHOP = "shop";
    private static final String READER = "reader";

    private static SourceServer server;

    @TempDir
    private Path directory;

    private Workshop workshop;

    @BeforeAll
    static void start() {
        server = new SourceServer();
        server.createRole(READER);
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @BeforeEach
    void open() {
        workshop = new Workshop(directory);
        server.create(SHOP);
        server.sql(
                SHOP,
                "create table t as select i as id, md5(i::text) || md5((i * 7)::text) as note from generate_series(1, 50000) i",
                "grant select on t to public");
    }

    @AfterEach
    void nothing_is_left() {
        assertThat(Workshop.tools()).isEmpty();
        await().untilAsserted(() -> assertThat(server.sessions()).isZero());
        assertThat(directory.resolve("private"))
                .satisfiesAnyOf(
                        root -> assertThat(root).doesNotExist(),
                        root -> assertThat(root).isEmptyDirectory());
        workshop.close();
    }

    @Test
    void a_database_that_was_dropped_meanwhile_is_missing() throws IOException {
        var request = workshop.request(server.access(SHOP));
        server.sql("postgres", "drop database shop");

        assertThat(failureOf(request).code()).isEqualTo(FailureCode.SOURCE_DATABASE_MISSING);
    }

    @Test
    void a_password_that_was_changed_meanwhile_is_an_authentication_failure() throws IOException {
        server.createRole("changing");
        var request = workshop.request(server.access(SHOP, "changing"));
        server.sql("postgres", "alter role changing password 'another'");

        assertThat(failureOf(request).code()).isEqualTo(FailureCode.SOURCE_AUTHENTICATION_FAILED);
    }

    @Test
    void what_the_role_may_not_read_is_named_with_its_grant() throws IOException {
        var request = workshop.request(server.access(SHOP, READER));
        server.sql(SHOP, "create table private_table ()", "create sequence private_sequence");

        var failure = failureOf(request);

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_PRIVILEGE_MISSING);
        assertThat(failure.summary()).contains("private_table", "private_sequence");
        server.type(failure.remedies().getFirst().commands().getFirst());
        workshop.dumper()
                .dump(
                        new DumpRequest(request.access(), request.client(), request.facts(), empty("second")),
                        (bytes, tables) -> {},
                        workshop.log,
                        workshop.stop);
    }

    @Test
    void a_large_object_of_another_role_is_named() throws IOException {
        server.sql(SHOP, "select lo_from_bytea(4711, 'x')");

        var failure = failureOf(workshop.request(server.access(SHOP, READER)));

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_PRIVILEGE_MISSING);
        assertThat(failure.summary()).contains("4711");
    }

    @Test
    void row_security_never_gives_a_partial_dump() throws IOException {
        server.sql(SHOP, "create policy mine on t using (id = 1)", "alter table t enable row level security");

        var failure = failureOf(workshop.request(server.access(SHOP, READER)));

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_ROW_SECURITY);
    }

    @Test
    void a_lock_that_is_not_let_go_is_shown_with_its_holder() throws Exception {
        var impatient = new Workshop(directory, Duration.ofMillis(300));
        var request = impatient.request(server.access(SHOP));
        try (var locker = server.connect(SHOP);
                var statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("lock table t");

            var failure = impatient.failureOf(impatient.dumper(), request);

            assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_LOCKED);
            assertThat(failure.summary()).contains("holds public.t", "idle in transaction");
            assertThat(failure.retryable()).isTrue();
        }
        impatient.close();
    }

    @Test
    void a_session_that_somebody_ends_is_a_lost_connection() throws Exception {
        var failure = whileItWaits(tool -> server.sql(
                "postgres",
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'holdfast-test'"));

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_CONNECTION_LOST);
    }

    @Test
    void a_tool_that_is_killed_is_explained_by_its_exit_code() throws Exception {
        var failure = whileItWaits(ProcessHandle::destroyForcibly);

        assertThat(failure.code()).isEqualTo(FailureCode.TOOL_KILLED);
        assertThat(failure.summary()).contains("killed by signal 9", "memory");
        assertThat(failure.detail()).contains("137");
    }

    @Test
    void a_stop_ends_the_tool_and_its_session_with_the_reason() throws Exception {
        var failure = whileItWaits(tool -> workshop.stop.stop(Workshop.cancelled()));

        assertThat(failure).isEqualTo(Workshop.cancelled());
    }

    @Test
    void a_stop_ends_a_tool_that_does_not_react() throws Exception {
        var began = Instant.now();

        var failure = whileItWaits(tool -> {
            signal(tool, "STOP");
            workshop.stop.stop(Workshop.cancelled());
        });

        assertThat(failure).isEqualTo(Workshop.cancelled());
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void a_stop_ends_every_process_of_a_parallel_dump() throws Exception {
        server.sql(SHOP, "create table t2 as select * from t");
        var plan = new DumpPlan(DumpPlan.Way.PARALLEL, 2, "6");
        var request = workshop.request(server.access(SHOP));
        server.sql(SHOP, "insert into t select i, repeat(md5(random()::text), 100) from generate_series(1, 20000) i");
        server.sql(SHOP, "insert into t2 select * from t");
        var dump = CompletableFuture.supplyAsync(() -> workshop.failureOf(workshop.dumper(plan), request));
        await().until(() -> Workshop.tools().size() == 3);

        workshop.stop.stop(Workshop.cancelled());

        assertThat(dump.get(30, TimeUnit.SECONDS)).isEqualTo(Workshop.cancelled());
    }

    @ParameterizedTest
    @EnumSource(DumpPlan.Way.class)
    void a_full_volume_is_a_storage_failure(DumpPlan.Way way) throws Exception {
        var small = Files.createDirectories(directory.resolve("small"));
        assumeThat(mount(small)).as("mounting a small tmpfs needs root").isTrue();
        try {
            var request = workshop.request(server.access(SHOP));
            var compression = way == DumpPlan.Way.STREAM ? "0" : "1";

            var failure = workshop.failureOf(
                    workshop.dumper(new DumpPlan(way, 2, compression)),
                    new DumpRequest(request.access(), request.client(), request.facts(), small));

            assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_FULL);
            assertThat(failure.detail()).contains("No space left on device");
        } finally {
            run("umount", small.toString());
        }
    }

    @Test
    void a_tool_that_ends_well_and_writes_nothing_is_no_success() throws IOException {
        for (var way : DumpPlan.Way.values()) {
            assertThat(shimFailure(way, "exit 0").code()).isEqualTo(FailureCode.ARTIFACT_INVALID);
        }
    }

    @Test
    void a_tool_that_fails_after_its_whole_output_is_no_success() throws IOException {
        var failure = shimFailure(DumpPlan.Way.STREAM, "echo PGDMP; echo 'pg_dump: error: it went wrong' >&2; exit 1");

        assertThat(failure.code()).isEqualTo(FailureCode.UNEXPECTED);
        assertThat(failure.summary()).contains("it went wrong");
        assertThat(failure.detail()).contains("exit code 1");
    }

    @Test
    void a_tool_that_can_not_run_is_quoted() throws IOException {
        var failure = shimFailure(
                DumpPlan.Way.STREAM, "echo 'error while loading shared libraries: libpq.so.5' >&2; exit 127");

        assertThat(failure.code()).isEqualTo(FailureCode.UNEXPECTED);
        assertThat(failure.detail()).contains("libpq.so.5", "exit code 127");
    }

    @Test
    void a_server_that_fails_on_its_own_files_is_not_taken_for_our_volume() throws IOException {
        var failure = shimFailure(DumpPlan.Way.PARALLEL, """
                echo 'pg_dump: error: Dumping the contents of table "t" failed: PQgetResult() failed.' >&2
                echo 'pg_dump: detail: Error message from server: ERROR:  could not open file "base/5/16385": Permission denied' >&2
                exit 1""");

        assertThat(failure.code()).isEqualTo(FailureCode.UNEXPECTED);
        assertThat(failure.summary()).contains("table \"t\"", "base/5/16385");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid memory alloc request size 1258291203",
                "Gemeinsamer Speicher aufgebraucht\nHINT:  Sie müssen möglicherweise max_locks_per_transaction erhöhen"
            })
    void a_limit_of_the_server_is_told_with_the_table_whatever_its_language(String message) throws IOException {
        var failure = shimFailure(DumpPlan.Way.STREAM, """
                echo 'pg_dump: error: Dumping the contents of table "films" failed: PQgetResult() failed.' >&2
                echo 'pg_dump: detail: Error message from server: ERROR:  %s' >&2
                exit 1""".formatted(message));

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_LIMIT_REACHED);
        assertThat(failure.summary()).contains("table \"films\"");
        assertThat(failure.retryable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Permission denied, STORAGE_PERMISSION_DENIED",
        "Read-only file system, STORAGE_READ_ONLY",
        "Disk quota exceeded, STORAGE_QUOTA_EXCEEDED",
        "Input/output error, STORAGE_IO_ERROR"
    })
    void what_pg_dump_can_not_write_is_a_storage_failure(String reason, FailureCode code) throws IOException {
        var script = "echo 'pg_dump: error: could not open output file \"database/toc.dat\": %s' >&2; exit 1"
                .formatted(reason);

        assertThat(shimFailure(DumpPlan.Way.PARALLEL, script).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"worker process: Resource temporarily unavailable", "communication channels: Too many open files"
            })
    void a_parallel_dump_that_gets_no_more_processes_may_pass(String what) throws IOException {
        var script = "echo 'pg_dump: error: could not create %s' >&2; exit 1".formatted(what);

        assertThat(shimFailure(DumpPlan.Way.PARALLEL, script).code()).isEqualTo(FailureCode.TOOL_KILLED);
    }

    @Test
    void an_output_that_is_no_archive_is_no_success() throws IOException {
        var failure = shimFailure(DumpPlan.Way.REPACKED, "echo something else entirely");

        assertThat(failure.code()).isEqualTo(FailureCode.ARTIFACT_INVALID);
    }

    @Test
    void a_tool_that_the_server_is_too_new_for_says_which_one_to_install() throws IOException {
        var failure = shimFailure(
                DumpPlan.Way.STREAM, "echo 'pg_dump: error: aborting because of server version mismatch' >&2; exit 1");

        assertThat(failure.code()).isEqualTo(FailureCode.TOOL_TOO_OLD);
        assertThat(failure.remedies().getFirst().commands().getFirst()).contains("postgresql-client-1");
    }

    @Test
    void a_tool_that_is_gone_is_missing() throws IOException {
        var failure = workshop.failureOf(
                workshop.dumper(), workshop.request(server.access(SHOP), directory.resolve("nowhere")));

        assertThat(failure.code()).isEqualTo(FailureCode.TOOL_MISSING);
    }

    @Test
    void a_tool_that_can_not_be_started_now_is_not_missing() throws IOException {
        try (var crowded = new CrowdedLauncher()) {
            var failure = workshop.failureOf(workshop.dumper(crowded), workshop.request(server.access(SHOP)));

            assertThat(failure.code()).isEqualTo(FailureCode.TOOL_KILLED);
            assertThat(failure.retryable()).isTrue();
        }
    }

    private Failure shimFailure(DumpPlan.Way way, String script) throws IOException {
        var client = Workshop.client(directory.resolve("shim"), script);
        var request = workshop.request(server.access(SHOP), client);
        return workshop.failureOf(
                workshop.dumper(new DumpPlan(way, 2, "0")),
                new DumpRequest(request.access(), request.client(), request.facts(), empty(way.name())));
    }

    private Failure failureOf(DumpRequest request) {
        return workshop.failureOf(workshop.dumper(), request);
    }

    /** Starts a dump that has to wait for a lock, does something to it, and returns how it failed. */
    private Failure whileItWaits(Consumer<ProcessHandle> act) throws Exception {
        var request = workshop.request(server.access(SHOP));
        try (var locker = server.connect(SHOP);
                var statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("lock table t");
            var dump = CompletableFuture.supplyAsync(() -> failureOf(request));
            await().until(DumpFailuresIT::aSessionWaits);
            act.accept(Workshop.tools().getFirst());
            return dump.get(60, TimeUnit.SECONDS);
        }
    }

    private static boolean aSessionWaits() throws SQLException {
        return server.number(
                        "postgres",
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                + " and application_name = 'holdfast-test'")
                == 1;
    }

    private Path empty(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private static boolean mount(Path directory) {
        return run("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", directory.toString());
    }

    private static void signal(ProcessHandle process, String signal) {
        assertThat(run("kill", "-" + signal, Long.toString(process.pid()))).isTrue();
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
