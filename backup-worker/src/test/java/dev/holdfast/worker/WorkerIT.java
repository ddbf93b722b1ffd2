package dev.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupCancelRequested;
import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupProgressed;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.worker.storage.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class WorkerIT {
    static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    static WorkerWorld world;
    static ConfigurableApplicationContext worker;

    @BeforeAll
    static void start() throws Exception {
        world = new WorkerWorld(directory);
        worker = world.start();
    }

    @AfterAll
    static void stop() {
        worker.close();
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "-Fc", "a'b\"c d", "x;touch /tmp/pwn", "dbname=src host=/x", "🐘 data%base"})
    void a_database_of_any_name_is_backed_up_and_restores_with_its_rows(String database) throws Exception {
        world.createSource(database);
        var request = world.request(database, 1);

        world.publish(request);
        var completed = completed(request);

        assertThat(sequenceOf(request, BackupStarted.class)).isLessThan(sequenceOf(request, BackupCompleted.class));
        assertThat(world.heard(request.backupId(), BackupProgressed.class))
                .extracting(BackupProgressed::phase)
                .contains(BackupPhase.PREFLIGHT, BackupPhase.DUMP, BackupPhase.VERIFY, BackupPhase.SEAL);
        assertThat(completed.metadata().serverVersion()).startsWith("15.");
        assertThat(completed.metadata().databaseSizeBytes()).isPositive();
        assertThat(completed.metadata().app()).containsEntry("version", "1.2.3");
        var path = Path.of(completed.path());
        assertThat(path.resolve("manifest.json")).exists();
        for (Artifact artifact : completed.artifacts()) {
            assertThat(sha256(path.resolve(artifact.file()))).isEqualTo(artifact.sha256());
        }
        assertThat(rowsAfterRestore(path.resolve("database.dump"))).isEqualTo(1_000);
        assertThat(Files.exists(Path.of("/tmp/pwn"))).isFalse();
        assertThat(world.staged()).isEmpty();
    }

    @Test
    void a_wrong_password_fails_with_its_code_and_is_told_nowhere() throws Exception {
        world.createSource("locked_out");

        var failed = failed(world.request("locked_out", "wr0ng-pass", world.server.port(), 1));

        assertThat(failed.failure().code()).isEqualTo(FailureCode.SOURCE_AUTHENTICATION_FAILED);
        assertThat(failed.toString()).doesNotContain("wr0ng-pass");
        assertThat(world.heard(failed.backupId(), BackupStarted.class)).isEmpty();
    }

    @Test
    void a_database_that_was_dropped_fails_with_its_code() throws Exception {
        assertThat(failed(world.request("dropped", 1)).failure().code()).isEqualTo(FailureCode.SOURCE_DATABASE_MISSING);
    }

    @Test
    void a_host_that_does_not_answer_fails_with_its_code() throws Exception {
        var failed = failed(world.request("shop", WorkerWorld.PASSWORD, 1, 1));

        assertThat(failed.failure().code()).isEqualTo(FailureCode.SOURCE_UNREACHABLE);
        assertThat(failed.willRetry()).isTrue();
    }

    @Test
    void a_source_at_a_forbidden_address_fails_at_once_and_is_not_tried_again() throws Exception {
        var request = at("169.254.169.254", world.request("anything", 1));

        var failed = failed(request);
        assertThat(failed.failure().code()).isEqualTo(FailureCode.SOURCE_ADDRESS_REFUSED);
        assertThat(failed.willRetry()).isFalse();
        assertThat(preflight(request, "[]")).contains("\"passed\":false", "SOURCE_ADDRESS_REFUSED");
    }

    private static BackupRequested at(String host, BackupRequested like) {
        var source = like.connection();
        return new BackupRequested(
                like.backupId(),
                like.sourceId(),
                like.sourceName(),
                like.attempt(),
                like.name(),
                like.description(),
                like.type(),
                like.includeMedia(),
                like.mediaPaths(),
                new SourceConnection(host, source.port(), source.database(), source.username(), source.sslMode()),
                like.sealedPassword(),
                like.metadata());
    }

    @Test
    void a_table_without_select_fails_before_the_dump_and_names_the_grant() throws Exception {
        world.createSource("forbidden");
        try (var connection = world.server.dataSource("forbidden").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table payroll (id int)");
        }

        var failed = failed(world.request("forbidden", 1));

        assertThat(failed.failure().code()).isEqualTo(FailureCode.SOURCE_PRIVILEGE_MISSING);
        assertThat(failed.failure().toString()).contains("payroll").containsIgnoringCase("grant select");
        assertThat(world.heard(failed.backupId(), BackupProgressed.class))
                .extracting(BackupProgressed::phase)
                .doesNotContain(BackupPhase.DUMP);
    }

    @Test
    void a_failed_backup_runs_again_when_a_later_attempt_is_requested() throws Exception {
        world.server.createDatabase("retried");
        var request = world.request("retried_misspelt", 1);
        failed(request);
        var right = world.request("retried", 2);

        world.publish(new BackupRequested(
                request.backupId(),
                request.sourceId(),
                request.sourceName(),
                2,
                request.name(),
                request.description(),
                request.type(),
                request.includeMedia(),
                request.mediaPaths(),
                right.connection(),
                right.sealedPassword(),
                request.metadata()));

        assertThat(completed(request).attempt()).isEqualTo(2);
    }

    @Test
    void a_cancel_during_the_dump_leaves_no_process_no_session_and_no_file() throws Exception {
        world.createSource("cancelled");
        var request = world.request("cancelled", 1);
        try (var lock = world.lockTable("cancelled")) {
            world.publish(request);
            await().atMost(LONG).until(WorkerIT::dumpIsRunning);

            world.publish(new BackupCancelRequested(request.backupId(), request.sourceId(), request.sourceName(), 1));

            await().atMost(LONG)
                    .until(() -> !world.heard(request.backupId(), BackupCancelled.class)
                            .isEmpty());
            await().atMost(Duration.ofSeconds(5)).until(() -> !dumpIsRunning() && world.sessions() == 0);
            assertThat(world.staged()).isEmpty();
            lock.rollback();
        }
        assertThat(world.heard(request.backupId(), BackupFailed.class)).isEmpty();
    }

    @Test
    void a_request_that_is_delivered_a_thousand_times_makes_one_artifact() throws Exception {
        world.createSource("delivered");
        var request = world.request("delivered", 1);
        var envelope = world.envelope(request);
        int before = world.sealed().size();

        for (int i = 0; i < 500; i++) {
            world.publish(envelope);
            world.publish(request);
        }
        completed(request);
        await().atMost(LONG).until(() -> world.waiting() == 0);

        await().during(Duration.ofSeconds(1))
                .atMost(LONG)
                .until(() ->
                        world.heard(request.backupId(), BackupCompleted.class).size() == 1);
        assertThat(world.sealed()).hasSize(before + 1);
        assertThat(world.heard(request.backupId(), BackupStarted.class)).hasSize(1);
    }

    @Test
    void what_is_no_request_is_set_aside_and_the_next_request_runs() throws Exception {
        world.createSource("after_poison");
        var request = world.request("after_poison", 1);
        var bodies = List.of(
                "no JSON".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                ("[".repeat(10_000)).getBytes(StandardCharsets.UTF_8),
                new byte[2 << 20],
                new byte[] {(byte) 0xac, (byte) 0xed, 0, 5});

        bodies.forEach(body -> world.publishInstead(world.envelope(request), body));
        world.publish(request);

        completed(request);
        for (var body : bodies) {
            var letter = world.setAside();
            assertThat(letter.getBody()).isEqualTo(body);
            assertThat(letter.getMessageProperties().getHeaders().get("holdfast-reason"))
                    .asString()
                    .startsWith("PoisonEvent: the data ");
        }
    }

    @Test
    void a_cancel_of_a_backup_that_nobody_asked_for_is_taken_and_holds_nothing_up() throws Exception {
        world.createSource("after_cancel");
        var request = world.request("after_cancel", 1);

        world.publish(new BackupCancelRequested(BackupId.next(), world.source, "none", 1));
        world.publish(request);

        completed(request);
        await().atMost(LONG).until(() -> world.waiting() == 0);
    }

    @Test
    void requests_wait_while_the_workers_own_database_can_not_be_written_to() throws Exception {
        world.createSource("standby");
        var request = world.request("standby", 1);
        world.readOnly(true);
        try {
            world.publish(request);
            await().during(Duration.ofSeconds(2)).atMost(LONG).until(() -> !ended(request));
        } finally {
            world.readOnly(false);
        }

        completed(request);
        assertThat(world.heard(request.backupId(), BackupStarted.class)).hasSize(1);
    }

    @Test
    void the_artifact_is_served_with_its_hash_and_in_ranges() throws Exception {
        world.createSource("served");
        var request = world.request("served", 1);
        world.publish(request);
        var completed = completed(request);
        var dump = completed.artifacts().stream()
                .filter(artifact -> artifact.file().equals("database.dump"))
                .findFirst()
                .orElseThrow();
        var url = "/internal/v1/backups/%s/artifacts/".formatted(request.backupId());

        var whole = get(url + "database.dump");
        var part = get(url + "database.dump", "Range", "bytes=0-4");

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.headers().firstValue("ETag")).contains('"' + dump.sha256() + '"');
        assertThat((long) whole.body().length).isEqualTo(dump.sizeBytes());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(new String(part.body(), StandardCharsets.US_ASCII)).isEqualTo("PGDMP");
        assertThat(get(url + "database.dump", "If-None-Match", '"' + dump.sha256() + '"')
                        .statusCode())
                .isEqualTo(304);
        assertThat(get(url + "database.dump", "If-Match", "\"other\"").statusCode())
                .isEqualTo(412);
        assertThat(get(url + "database.dump", "Range", "lines=0-4").body()).isEqualTo(whole.body());
        var manifest = get(url + "manifest.json");
        assertThat(manifest.statusCode()).isEqualTo(200);
        assertThat(manifest.headers().firstValue("ETag"))
                .hasValueSatisfying(tag -> assertThat(tag).matches("\"[0-9a-f]{64}\""));
        assertThat(get(url + "..%2f..%2f..%2fetc%2fpasswd").statusCode()).isIn(400, 404);
        assertThat(get("/internal/v1/backups/%s/artifacts/database.dump".formatted(BackupId.next()))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_check_reads_every_file_and_tells_of_each_that_is_not_what_was_sealed() throws Exception {
        world.createSource("checked");
        var request = world.request("checked", 1);
        world.publish(request);
        var path = Path.of(completed(request).path());
        var url = "/internal/v1/backups/%s/check".formatted(request.backupId());
        assertThat(check(url)).contains("database.dump", "\"whole\"").doesNotContain("changed", "missing");

        flipTheLastBit(path.resolve("database.dump"));
        Files.delete(path.resolve("backup.log"));

        assertThat(check(url))
                .containsPattern("\"file\":\"database.dump\",\"finding\":\"changed\"")
                .containsPattern("\"file\":\"backup.log\",\"finding\":\"missing\"");
    }

    @Test
    void a_file_that_is_not_what_was_sealed_is_never_served_as_if_it_were() throws Exception {
        world.createSource("damaged");
        var request = world.request("damaged", 1);
        world.publish(request);
        var path = Path.of(completed(request).path());
        var dump = path.resolve("database.dump");
        var url = "/internal/v1/backups/%s/artifacts/".formatted(request.backupId());
        assertThat(isServedWhole(url + "database.dump")).isTrue();

        flipTheLastBit(dump);
        assertThat(isServedWhole(url + "database.dump")).isFalse();

        flipTheLastBit(dump);
        assertThat(isServedWhole(url + "database.dump")).isTrue();
        Command.run("truncate", "-s", "-1", dump.toString());
        assertThat(get(url + "database.dump").statusCode()).isEqualTo(409);
        assertThat(get(url + "database.dump", "Range", "bytes=0-4").statusCode())
                .isEqualTo(409);
        flipTheLastBit(path.resolve("backup.log"));
        assertThat(get(url + "backup.log").statusCode()).isEqualTo(409);
        Files.delete(dump);
        assertThat(get(url + "database.dump").statusCode()).isEqualTo(404);
    }

    /** A large answer that breaks off is an error of the client; a small one has not begun when the fault is found. */
    private boolean isServedWhole(String url) throws Exception {
        try {
            return get(url).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static void flipTheLastBit(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            last.put(0, (byte) (last.get(0) ^ 1)).flip();
            channel.write(last, channel.size() - 1);
        }
    }

    @Test
    void the_log_is_served_whole_and_no_text_anywhere_holds_the_password() throws Exception {
        world.createSource("logged");
        var request = world.request("logged", 1);
        world.publish(request);
        completed(request);

        var log = get("/internal/v1/backups/%s/log".formatted(request.backupId()));

        assertThat(log.headers().firstValue("Content-Type")).contains("text/plain;charset=UTF-8");
        assertThat(new String(log.body(), StandardCharsets.UTF_8))
                .contains("attempt 1 on worker")
                .contains("INFO  completed")
                .doesNotContain(WorkerWorld.PASSWORD);
        assertThat(world.heard.toString()).doesNotContain(WorkerWorld.PASSWORD);
        assertThat(world.workerDatabase()
                        .sql("select count(*) from job_log where position(:password in text) > 0")
                        .param("password", WorkerWorld.PASSWORD)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(get("/internal/v1/backups/%s/log".formatted(BackupId.next())).statusCode())
                .isEqualTo(404);
    }

    @Test
    void how_a_backup_ended_is_published_again_on_demand() throws Exception {
        world.createSource("recalled");
        var request = world.request("recalled", 1);
        world.publish(request);
        completed(request);
        var told = heardOf(request, BackupCompleted.class).getFirst();

        assertThat(recall(request.backupId(), "?attempt=1").body()).isEqualTo("{\"state\":\"ended\"}");

        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(heardOf(request, BackupCompleted.class)).containsExactly(told, told));
        assertThat(recall(request.backupId(), "?attempt=2").statusCode()).isEqualTo(404);
        assertThat(recall(BackupId.next(), "?attempt=1").statusCode()).isEqualTo(404);
        assertThat(recall(request.backupId(), "").statusCode()).isEqualTo(400);
    }

    private static List<EventEnvelope> heardOf(BackupRequested request, Class<?> type) {
        return world.heard.stream()
                .filter(event -> event.subject().equals(request.backupId().toString()) && type.isInstance(event.data()))
                .toList();
    }

    private static HttpResponse<String> recall(BackupId id, String query) throws Exception {
        var post = asking("/internal/v1/backups/" + id + "/recall" + query)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(post, BodyHandlers.ofString());
        }
    }

    @Test
    void preflight_tells_what_a_backup_would_meet() throws Exception {
        world.createSource("inspected");

        var good = preflight(world.request("inspected", 1), "[]");
        var bad = preflight(world.request("inspected", "wrong", world.server.port(), 1), "[\"/no/such/directory\"]");

        assertThat(good)
                .contains("\"passed\":true")
                .contains("\"serverVersion\":\"15.")
                .contains("\"toolVersion\":\"15.");
        assertThat(bad)
                .contains("\"passed\":false")
                .contains("SOURCE_AUTHENTICATION_FAILED")
                .contains("MEDIA_UNREADABLE")
                .contains("\"name\":\"privileges\",\"status\":\"skipped\"");
    }

    private static BackupCompleted completed(BackupRequested request) {
        await().atMost(LONG)
                .until(() ->
                        !world.heard(request.backupId(), BackupCompleted.class).isEmpty());
        return world.heard(request.backupId(), BackupCompleted.class).getFirst();
    }

    private static boolean ended(BackupRequested request) {
        return !world.heard(request.backupId(), BackupCompleted.class).isEmpty()
                || !world.heard(request.backupId(), BackupFailed.class).isEmpty();
    }

    private static BackupFailed failed(BackupRequested request) {
        int sealedBefore = sealedCount();
        world.publish(request);
        await().atMost(LONG).until(() -> ended(request));
        var failed = world.heard(request.backupId(), BackupFailed.class).getFirst();
        assertThat(failed.logExcerpt()).contains(failed.failure().code().name());
        assertThat(world.staged()).isEmpty();
        assertThat(sealedCount()).isEqualTo(sealedBefore);
        return failed;
    }

    private static int sealedCount() {
        try {
            return world.sealed().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sequenceOf(BackupRequested request, Class<?> type) {
        return world.heard.stream()
                .filter(event -> event.subject().equals(request.backupId().toString()) && type.isInstance(event.data()))
                .mapToLong(EventEnvelope::sequence)
                .findFirst()
                .orElseThrow();
    }

    private static boolean dumpIsRunning() {
        return ProcessHandle.current()
                .descendants()
                .anyMatch(process -> process.info().command().orElse("").endsWith("/pg_dump"));
    }

    private static long rowsAfterRestore(Path dump) throws Exception {
        var name = "restored_" + System.nanoTime();
        world.server.createDatabase(name);
        var restore = new ProcessBuilder(List.of(
                "pg_restore",
                "--exit-on-error",
                "--no-owner",
                "-h",
                "127.0.0.1",
                "-p",
                "" + world.server.port(),
                "-U",
                world.server.username(),
                "-d",
                name,
                dump.toString()));
        restore.environment().put("PGPASSWORD", world.server.password());
        var process = restore.redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return JdbcClient.create(world.server.dataSource(name))
                .sql("select count(*) from orders where note = 'note ' || id and data = '{\"a\": 1}'")
                .query(Long.class)
                .single();
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /internal/v1/doctor",
                "GET /internal/v1/backups/0193d9a0-0000-7000-8000-000000000001/log",
                "POST /internal/v1/preflight",
                "POST /internal/v1/backups/0193d9a0-0000-7000-8000-000000000001/recall",
                "GET /actuator/prometheus",
                "GET /actuator/health/..;/..;/internal/v1/doctor",
                "GET /anything"
            })
    void a_stranger_is_refused_before_a_body_is_read(String request) throws Exception {
        assertThat(firstLine(request, "Content-Length: 1000000000\r\n")).contains(" 401");
        assertThat(firstLine(request, "Authorization: Bearer " + "x".repeat(WorkerWorld.TOKEN.length()) + "\r\n"))
                .contains(" 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /actuator/health", "GET /actuator/health/readiness", "GET /actuator/health/liveness"})
    void a_stranger_may_ask_how_the_worker_is(String request) throws Exception {
        assertThat(firstLine(request, "")).contains(" 200");
    }

    private static String firstLine(String request, String header) throws Exception {
        try (var socket = new Socket("127.0.0.1", address("/").getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    private static String preflight(BackupRequested request, String mediaPaths) throws Exception {
        var connection = request.connection();
        var body = """
                {"sourceName": "shop", "sealedPassword": "%s", "mediaPaths": %s,
                 "connection": {"host": "%s", "port": %d, "database": "%s", "username": "%s", "sslMode": "prefer"}}
                """.formatted(
                        request.sealedPassword().ciphertext(),
                        mediaPaths,
                        connection.host(),
                        connection.port(),
                        connection.database(),
                        connection.username());
        var post = asking("/internal/v1/preflight")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(post, BodyHandlers.ofString()).body();
        }
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        var request = asking(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        }
    }

    private static String check(String path) throws Exception {
        var request = asking(path).POST(HttpRequest.BodyPublishers.noBody());
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString()).body();
        }
    }

    private static HttpRequest.Builder asking(String path) {
        return HttpRequest.newBuilder(address(path)).header("Authorization", "Bearer " + WorkerWorld.TOKEN);
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + worker.getEnvironment().getProperty("local.server.port") + path);
    }
}
