package dev.holdfast.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {
    private static final String URL = "postgresql://shop:tiger@db.example.org:5433/shop";
    private static final String NO_SOURCES = "{\"items\": [], \"next\": null}";
    private static final String KNOWN_SOURCE = """
            {"items": [{"id": "s-1", "name": "the shop", "host": "DB.example.org", "port": 5433, "database": "shop",
             "username": "shop", "sslMode": "prefer", "mediaPaths": ["/srv/media"]}], "next": null}""";
    private static final String LET_IN = "{\"passed\": true, \"serverVersion\": \"17.9\", \"checks\": []}";
    private static final String ACCEPTED = "{\"id\": \"b-1\", \"status\": \"requested\"}";

    private final StringWriter printed = new StringWriter();
    private final StringWriter complaints = new StringWriter();
    private ScriptedHoldfast holdfast;

    @BeforeEach
    void start() throws IOException {
        holdfast = new ScriptedHoldfast().on("POST /api/v1/sources/test", 200, LET_IN);
    }

    @AfterEach
    void stop() {
        holdfast.close();
    }

    @Test
    void a_database_that_is_not_known_becomes_a_source_first() {
        holdfast.on("GET /api/v1/sources", 200, NO_SOURCES)
                .on("POST /api/v1/sources", 201, "{\"id\": \"s-9\"}")
                .on("POST /api/v1/backups", 202, ACCEPTED);

        int exitCode = backup(URL + "?sslmode=require", "--name", "before the move", "--metadata", "appVersion=2.7.1");

        assertThat(exitCode).isZero();
        var source = holdfast.requests("POST /api/v1/sources").getFirst().body();
        assertThat(source.toString())
                .isEqualTo("{\"name\":\"shop\",\"host\":\"db.example.org\",\"port\":5433,\"database\":\"shop\","
                        + "\"username\":\"shop\",\"password\":\"tiger\",\"sslMode\":\"require\",\"mediaPaths\":[]}");
        var order = holdfast.requests("POST /api/v1/backups").getFirst();
        assertThat(order.body().toString())
                .isEqualTo("{\"source\":\"s-9\",\"name\":\"before the move\",\"metadata\":{\"appVersion\":\"2.7.1\"}}");
        assertThat(order.idempotencyKey()).isNotEmpty();
        assertThat(printed.toString())
                .contains("New source: shop", "b-1", holdfast.address() + "/backups/b-1")
                .doesNotContain("tiger");
    }

    @Test
    void a_name_that_is_taken_gets_a_number() {
        holdfast.on("GET /api/v1/sources", 200, NO_SOURCES)
                .on("POST /api/v1/sources", 409, "{\"code\": \"SOURCE_NAME_TAKEN\"}")
                .on("POST /api/v1/sources", 201, "{\"id\": \"s-9\"}")
                .on("POST /api/v1/backups", 202, ACCEPTED);

        assertThat(backup(URL)).isZero();

        assertThat(holdfast.requests("POST /api/v1/sources"))
                .extracting(request -> request.body().path("name").asString())
                .containsExactly("shop", "shop-2");
    }

    @Test
    void a_known_source_keeps_its_name_and_media_and_gets_the_password() {
        holdfast.on("GET /api/v1/sources", 200, KNOWN_SOURCE)
                .on("PUT /api/v1/sources/s-1", 200, "{}")
                .on("POST /api/v1/backups", 202, ACCEPTED);

        assertThat(backup(URL)).isZero();

        assertThat(holdfast.requests("POST /api/v1/sources")).isEmpty();
        assertThat(holdfast.requests("PUT /api/v1/sources/s-1"))
                .singleElement()
                .satisfies(put -> assertThat(put.body().toString())
                        .contains("\"name\":\"the shop\"", "\"password\":\"tiger\"", "[\"/srv/media\"]"));
    }

    @Test
    void a_password_that_the_server_refuses_replaces_none_and_says_what_to_type() throws IOException {
        holdfast.close();
        holdfast = new ScriptedHoldfast()
                .on("GET /api/v1/sources", 200, KNOWN_SOURCE)
                .on("POST /api/v1/sources/test", 200, """
                        {"passed": false, "serverVersion": null, "checks": [
                          {"name": "storage", "status": "passed", "failure": null},
                          {"name": "login", "status": "failed", "failure": {"code": "SOURCE_AUTHENTICATION_FAILED",
                           "summary": "db.example.org:5433 refused the login of shop",
                           "remedies": [{"title": "Try the login", "commands": ["psql -h db.example.org"]}]}}]}""");

        assertThat(backup(URL, "--media", "/srv/other")).isEqualTo(1);

        assertThat(complaints.toString())
                .contains(
                        "source the shop keeps the one it has",
                        "SOURCE_AUTHENTICATION_FAILED: db.example.org:5433 refused the login of shop",
                        "fix: Try the login",
                        "$ psql -h db.example.org")
                .doesNotContain("tiger");
        assertThat(holdfast.requests("PUT /api/v1/sources/s-1")).isEmpty();
        assertThat(holdfast.requests("POST /api/v1/backups")).isEmpty();
    }

    @Test
    void an_ssl_mode_by_which_nobody_is_let_in_replaces_none() throws IOException {
        holdfast.close();
        holdfast = new ScriptedHoldfast()
                .on("GET /api/v1/sources", 200, KNOWN_SOURCE)
                .on("POST /api/v1/sources/test", 200, """
                        {"passed": false, "serverVersion": null, "checks": [
                          {"name": "login", "status": "failed", "failure": {"code": "SOURCE_TLS_FAILED",
                           "summary": "the server speaks no TLS", "remedies": []}}]}""");

        assertThat(backup(URL.replace("?sslmode=require", "") + "?sslmode=verify-full"))
                .isEqualTo(1);

        assertThat(complaints.toString())
                .contains("with sslMode verify-full", "source the shop keeps sslMode prefer", "SOURCE_TLS_FAILED");
        assertThat(holdfast.requests("PUT /api/v1/sources/s-1")).isEmpty();
        assertThat(holdfast.requests("POST /api/v1/backups")).isEmpty();
    }

    @Test
    void a_password_that_can_not_be_tried_replaces_none_and_stops_no_backup() throws IOException {
        holdfast.close();
        holdfast = new ScriptedHoldfast()
                .on("GET /api/v1/sources", 200, KNOWN_SOURCE)
                .on("POST /api/v1/sources/test", 503, "{\"detail\": \"the worker does not answer\"}")
                .on("POST /api/v1/backups", 202, ACCEPTED);

        assertThat(backup(URL)).isZero();

        assertThat(printed.toString())
                .contains("could not be tried", "the shop keeps the one it has", "the worker does not answer");
        assertThat(holdfast.requests("PUT /api/v1/sources/s-1")).isEmpty();
    }

    @Test
    void whoever_is_not_let_in_reads_how_to_get_in() {
        holdfast.on("GET /api/v1/sources", 401, "{\"detail\": \"no token\", \"code\": \"UNAUTHENTICATED\"}");

        assertThat(backup(URL)).isEqualTo(1);
        assertThat(complaints.toString())
                .contains("no token (UNAUTHENTICATED)", "fix: export HOLDFAST_TOKEN=", holdfast.address() + "/tokens");
    }

    @Test
    void a_known_source_needs_no_password() {
        holdfast.on("GET /api/v1/sources", 200, KNOWN_SOURCE).on("POST /api/v1/backups", 202, ACCEPTED);

        assertThat(backup("postgresql://shop@db.example.org:5433/shop")).isZero();

        assertThat(holdfast.requests("PUT /api/v1/sources/s-1")).isEmpty();
    }

    @Test
    void media_directories_become_absolute_and_are_asked_for() {
        holdfast.on("GET /api/v1/sources", 200, KNOWN_SOURCE)
                .on("PUT /api/v1/sources/s-1", 200, "{}")
                .on("POST /api/v1/backups", 202, ACCEPTED);

        assertThat(backup(URL, "--media", "media", "--media", "/srv/other")).isZero();

        var here = Path.of("media").toAbsolutePath().toString();
        assertThat(holdfast.requests("PUT /api/v1/sources/s-1")
                        .getFirst()
                        .body()
                        .path("mediaPaths")
                        .toString())
                .isEqualTo("[\"" + here + "\",\"/srv/other\"]");
        assertThat(holdfast.requests("POST /api/v1/backups")
                        .getFirst()
                        .body()
                        .path("includeMedia")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void waiting_ends_with_path_size_and_checksum_of_each_artifact() {
        holdfast.on("GET /api/v1/sources", 200, KNOWN_SOURCE)
                .on("PUT /api/v1/sources/s-1", 200, "{}")
                .on("POST /api/v1/backups", 202, ACCEPTED)
                .on("GET /api/v1/backups/b-1", 200, "{\"status\": \"requested\", \"bytesWritten\": 0}")
                .on("GET /api/v1/backups/b-1", 503, "{\"detail\": \"the database is down\"}")
                .on(
                        "GET /api/v1/backups/b-1",
                        200,
                        "{\"status\": \"running\", \"phase\": \"dump\", \"bytesWritten\": 1240000000}")
                .on("GET /api/v1/backups/b-1", 200, """
                        {"status": "completed", "path": "/data/backups/shop/x", "sizeBytes": 2048, "bytesWritten": 2048,
                         "startedAt": "2026-01-02T12:00:00Z", "finishedAt": "2026-01-02T12:01:05Z", "artifacts": [
                         {"file": "database.dump", "sizeBytes": 2000, "sha256": "abc"},
                         {"file": "globals.sql", "sizeBytes": 48, "sha256": "def"}]}""");

        int exitCode = backup(URL, "--wait");

        assertThat(exitCode).isZero();
        assertThat(printed.toString())
                .contains("requested", "dump  1.2 GiB")
                .containsSubsequence(
                        "Completed after 1:05: 2.0 KiB (2048 bytes) in /data/backups/shop/x",
                        "/data/backups/shop/x/database.dump",
                        "2.0 KiB (2000 bytes)  sha256 abc",
                        "/data/backups/shop/x/globals.sql",
                        "48 B (48 bytes)  sha256 def");
    }

    @Test
    void an_attempt_that_is_tried_again_says_why_it_failed() {
        holdfast.on("GET /api/v1/sources", 200, KNOWN_SOURCE)
                .on("PUT /api/v1/sources/s-1", 200, "{}")
                .on("POST /api/v1/backups", 202, ACCEPTED)
                .on("GET /api/v1/log", 200, "{\"items\": []}")
                .on("GET /api/v1/log", 200, """
                        {"items": [{"attempt": 1, "data": {"failure": {"code": "SOURCE_UNREACHABLE", "summary": "no answer"}}}]}""")
                .on("GET /api/v1/backups/b-1", 200, "{\"status\": \"running\", \"attempt\": 1}")
                .on("GET /api/v1/backups/b-1", 200, "{\"status\": \"running\", \"attempt\": 1}")
                .on("GET /api/v1/backups/b-1", 200, "{\"status\": \"running\", \"attempt\": 2, \"phase\": \"dump\"}")
                .on("GET /api/v1/backups/b-1", 200, "{\"status\": \"cancelled\"}");

        assertThat(backup(URL, "--wait")).isEqualTo(1);

        assertThat(printed.toString())
                .containsSubsequence("attempt 1 failed: SOURCE_UNREACHABLE, no answer; waiting", "dump (attempt 2)");
    }

    @Test
    void a_directory_archive_is_one_artifact() {
        completedWith("""
                {"file": "database/toc.dat", "sizeBytes": 1000, "sha256": "abc"},
                {"file": "database/1.dat.gz", "sizeBytes": 500, "sha256": "def"}""");

        assertThat(backup(URL, "--wait")).isZero();

        assertThat(printed.toString())
                .containsSubsequence("/b/database/", "1.5 KiB (1500 bytes) in 2 files", "/b/manifest.json")
                .doesNotContain("toc.dat");
    }

    @Test
    void a_failure_ends_with_code_cause_and_fix_and_exit_code_1() {
        holdfast.on("GET /api/v1/sources", 200, KNOWN_SOURCE)
                .on("PUT /api/v1/sources/s-1", 200, "{}")
                .on("POST /api/v1/backups", 202, ACCEPTED)
                .on("GET /api/v1/backups/b-1", 200, """
                        {"status": "failed", "failure": {"code": "STORAGE_PERMISSION_DENIED", "summary": "can't write",
                         "cause": "The directory refuses.", "detail": "first line\\nsecond line", "remedies": [
                         {"title": "Give it to the worker", "commands": ["chown -R 1001 /x", "ls -ld /x"]},
                         {"title": "Or begin anew", "commands": ["rm -r /x"], "destructive": true}]}}""");

        int exitCode = backup(URL, "--wait");

        assertThat(exitCode).isEqualTo(1);
        assertThat(printed.toString())
                .containsSubsequence(
                        "Failed: STORAGE_PERMISSION_DENIED",
                        "what    can't write",
                        "cause   The directory refuses.",
                        "detail  first line",
                        "        second line",
                        "fix     Give it to the worker",
                        "        $ chown -R 1001 /x",
                        "        $ ls -ld /x",
                        "fix     DESTRUCTIVE, what it deletes can't be brought back: Or begin anew",
                        "        $ rm -r /x",
                        "log     " + holdfast.address() + "/api/v1/backups/b-1/log");
    }

    @Test
    void a_cancelled_backup_is_no_success() {
        holdfast.on("GET /api/v1/sources", 200, KNOWN_SOURCE)
                .on("PUT /api/v1/sources/s-1", 200, "{}")
                .on("POST /api/v1/backups", 202, ACCEPTED)
                .on("GET /api/v1/backups/b-1", 200, "{\"status\": \"cancelled\"}");

        assertThat(backup(URL, "--wait")).isEqualTo(1);
        assertThat(printed.toString()).contains("Cancelled");
    }

    @Test
    void a_refusal_is_a_line_with_the_field_and_one_with_what_to_do() {
        holdfast.on("GET /api/v1/sources", 200, NO_SOURCES).on("POST /api/v1/sources", 400, """
                        {"detail": "the request is not valid", "code": "INVALID_REQUEST", "fix": "correct it",
                         "errors": [{"pointer": "/host", "message": "is no host name", "code": "INVALID_VALUE"}]}""");

        assertThat(backup(URL)).isEqualTo(1);
        assertThat(complaints.toString())
                .isEqualToIgnoringNewLines(
                        "holdfast: the request is not valid (INVALID_REQUEST): host: is no host name\n  fix: correct it");
    }

    @Test
    void without_a_running_instance_it_says_how_to_start_one(@TempDir Path data) throws IOException {
        assertThat(run(Map.of(), "backup", URL, "--data", data.toString())).isEqualTo(1);
        assertThat(complaints.toString())
                .contains("not running on " + data, "./holdfast up")
                .hasLineCount(1);

        Files.createDirectories(data.resolve("run"));
        Files.writeString(data.resolve("run/port"), "1\n");
        assertThat(run(Map.of(), "backup", URL, "--data", data.toString())).isEqualTo(1);
        assertThat(complaints.toString())
                .contains("does not answer at http://127.0.0.1:1", "./holdfast up --data " + data + " --port 1");
    }

    @Test
    void the_instance_of_the_default_directory_is_started_without_options(@TempDir Path data) throws IOException {
        Files.createDirectories(data.resolve("run"));
        var byDefault = Map.of("HOLDFAST_DEFAULT_DATA", data.toString());

        run(byDefault, "backup", URL);
        run(byDefault, "backup", URL, "--data", data.toString());

        assertThat(complaints.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.endsWith("start it with ./holdfast up"));
    }

    @Test
    void the_port_of_a_running_instance_is_found_in_its_data_directory(@TempDir Path data) throws IOException {
        holdfast.on("GET /api/v1/sources", 200, KNOWN_SOURCE)
                .on("PUT /api/v1/sources/s-1", 200, "{}")
                .on("POST /api/v1/backups", 202, ACCEPTED);
        Files.createDirectories(data.resolve("run"));
        Files.writeString(data.resolve("run/port"), holdfast.address().replaceFirst(".*:", "") + "\n");

        int exitCode = run(Map.of("HOLDFAST_SOURCE_URL", URL, "HOLDFAST_DEFAULT_DATA", data.toString()), "backup");

        assertThat(exitCode).isZero();
    }

    @Test
    void a_password_comes_from_a_file_or_the_environment_too(@TempDir Path directory) throws IOException {
        holdfast.on("GET /api/v1/sources", 200, KNOWN_SOURCE)
                .on("PUT /api/v1/sources/s-1", 200, "{}")
                .on("POST /api/v1/backups", 202, ACCEPTED);
        var file = Files.writeString(directory.resolve("password"), "from the file\nsecond line\n");
        var withoutPassword = "postgresql://shop@db.example.org:5433/shop";

        run(Map.of("PGPASSWORD", "from the environment"), "backup", "--api", holdfast.address(), withoutPassword);
        run(Map.of("PGPASSWORD", "x"), "backup", "--api", holdfast.address(), URL, "--password-file", file.toString());

        assertThat(holdfast.requests("PUT /api/v1/sources/s-1"))
                .extracting(put -> put.body().path("password").asString())
                .containsExactly("from the environment", "from the file");
    }

    @Test
    void misuse_is_one_line_without_the_password() {
        for (var arguments : new String[][] {
            {"backup", URL, "--frequently"},
            {"backup", URL, URL},
            {"backup", URL, "--metadata", "tiger"},
            {"backup", URL, "--media"},
            {"backup", URL, "--api", "ftp://x"},
            {"backup"},
        }) {
            complaints.getBuffer().setLength(0);

            assertThat(run(Map.of(), arguments)).isEqualTo(2);
            assertThat(complaints.toString())
                    .startsWith("holdfast: ")
                    .doesNotContain("tiger")
                    .hasLineCount(1);
        }
    }

    @Test
    void the_help_knows_every_option() throws IOException {
        var help = new String(
                BackupCommand.class.getResourceAsStream("backup-help.txt").readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8);

        var command = Cli.commandLine(Map.of(), new PrintWriter(printed), new PrintWriter(complaints))
                .getSubcommands()
                .get("backup");

        assertThat(command.getCommandSpec().options())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(help).contains("  " + option.longestName() + " "));
    }

    private void completedWith(String artifacts) {
        holdfast.on("GET /api/v1/sources", 200, KNOWN_SOURCE)
                .on("PUT /api/v1/sources/s-1", 200, "{}")
                .on("POST /api/v1/backups", 202, ACCEPTED)
                .on(
                        "GET /api/v1/backups/b-1",
                        200,
                        "{\"status\": \"completed\", \"path\": \"/b\", \"artifacts\": [" + artifacts + "]}");
    }

    private int backup(String... arguments) {
        return run(
                Map.of(),
                Stream.concat(Stream.of("backup", "--api", holdfast.address()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private int run(Map<String, String> environment, String... arguments) {
        return Cli.commandLine(environment, new PrintWriter(printed, true), new PrintWriter(complaints, true))
                .execute(arguments);
    }
}
