package dev.holdfast.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {
    private static final String HEALTHY = """
            {"status": "pass", "checkedAt": "2026-01-02T03:04:05Z", "checks": [
             {"name": "container-user", "title": "Container user", "status": "pass", "evidence": "uid=1001", "remedies": []},
             {"name": "directory-permissions", "title": "Directory permissions", "status": "pass",
              "evidence": "drwxr-x---", "remedies": []},
             {"name": "volume-ownership", "title": "Volume ownership", "status": "skipped", "evidence": "no volume",
              "remedies": []}]}""";
    private static final String ILL = """
            {"status": "fail", "checkedAt": "2026-01-02T03:04:05Z", "checks": [
             {"name": "container-user", "title": "Container user", "status": "pass", "evidence": "uid=1001", "remedies": []},
             {"name": "directory-permissions", "title": "Directory permissions", "status": "fail",
              "evidence": "drwxr-xr-x root root .\\nuid 1001 may not write", "remedies": [
               {"title": "Give it to the worker", "commands": ["./holdfast volume repair"], "destructive": false},
               {"title": "Begin anew", "commands": ["docker compose down", "./holdfast volume reset"],
                "destructive": true}]}]}""";

    private final StringWriter printed = new StringWriter();
    private final StringWriter complaints = new StringWriter();
    private ScriptedHoldfast holdfast;

    @BeforeEach
    void start() throws IOException {
        holdfast = new ScriptedHoldfast();
    }

    @AfterEach
    void stop() {
        holdfast.close();
    }

    @Test
    void a_healthy_storage_passes_with_its_evidence_and_exit_code_0() {
        holdfast.on("GET /api/v1/doctor", 200, HEALTHY);

        assertThat(doctor("--api", holdfast.address())).isZero();

        assertThat(printed.toString().lines())
                .containsExactly(
                        "PASS  Container user",
                        "      uid=1001",
                        "PASS  Directory permissions",
                        "      drwxr-x---",
                        "SKIP  Volume ownership",
                        "      no volume",
                        "3 checks: 2 passed, 0 failed, 1 skipped");
    }

    @Test
    void a_failed_check_comes_with_what_to_type_the_destructive_way_marked_and_exit_code_1() {
        holdfast.on("GET /api/v1/doctor", 200, ILL);

        assertThat(doctor("--api", holdfast.address())).isEqualTo(1);

        assertThat(printed.toString().lines())
                .containsExactly(
                        "PASS  Container user",
                        "      uid=1001",
                        "FAIL  Directory permissions",
                        "      drwxr-xr-x root root .",
                        "      uid 1001 may not write",
                        "      fix: Give it to the worker",
                        "           $ ./holdfast volume repair",
                        "      fix: DESTRUCTIVE, what it deletes can't be brought back: Begin anew",
                        "           $ docker compose down",
                        "           $ ./holdfast volume reset",
                        "2 checks: 1 passed, 1 failed");
    }

    @Test
    void programs_get_the_findings_as_they_are_with_the_same_exit_code() {
        holdfast.on("GET /api/v1/doctor", 200, ILL);

        assertThat(doctor("--json", "--api", holdfast.address())).isEqualTo(1);

        var json = new JsonMapper();
        assertThat(json.readTree(printed.toString())).isEqualTo(json.readTree(ILL));
    }

    @Test
    void the_instance_is_found_by_its_data_directory(@TempDir Path data) throws IOException {
        holdfast.on("GET /api/v1/doctor", 200, HEALTHY);
        Files.createDirectories(data.resolve("run"));
        Files.writeString(data.resolve("run/port"), holdfast.address().replaceAll(".*:", ""));

        assertThat(doctor("--data", data.toString())).isZero();
    }

    @Test
    void where_nothing_runs_one_line_says_what_to_type(@TempDir Path data) {
        assertThat(doctor("--data", data.toString())).isEqualTo(1);

        assertThat(complaints.toString().lines())
                .singleElement()
                .asString()
                .contains("not running on " + data, "./holdfast up --data " + data + ",", "./holdfast doctor --docker");
    }

    @Test
    void what_to_type_speaks_to_the_same_instance(@TempDir Path directory) throws IOException {
        holdfast.on("GET /api/v1/doctor", 200, """
                {"status": "fail", "checks": [{"name": "failed-backup-log", "title": "Backups", "status": "fail", "evidence": "shpo",
                 "remedies": [{"title": "Delete it", "commands": ["./holdfast sources delete shpo"], "destructive": false},
                  {"title": "Start", "commands": ["./holdfast up", "./holdfast volume repair"], "destructive": false}]}]}""");
        var port = holdfast.address().replaceAll(".*:", "");
        var data = directory.resolve("my data");
        Files.createDirectories(data.resolve("run"));
        Files.writeString(data.resolve("run/port"), port);

        assertThat(doctor("--data", data.toString())).isEqualTo(1);
        assertThat(doctor("--api", holdfast.address())).isEqualTo(1);

        assertThat(printed.toString())
                .contains(
                        "$ ./holdfast sources delete shpo --data '" + data + "'",
                        "$ ./holdfast up --data '" + data + "' --port " + port,
                        "$ ./holdfast sources delete shpo --api " + holdfast.address() + System.lineSeparator(),
                        "$ ./holdfast volume repair" + System.lineSeparator());
    }

    @Test
    void where_nothing_answers_one_line_says_what_to_type() {
        assertThat(doctor("--api", "http://127.0.0.1:1")).isEqualTo(1);

        assertThat(complaints.toString().lines())
                .singleElement()
                .asString()
                .contains("does not answer at http://127.0.0.1:1", "./holdfast up");
    }

    @Test
    void something_else_at_the_address_is_no_healthy_holdfast() {
        holdfast.on("GET /api/v1/doctor", 200, "{}");

        assertThat(doctor("--api", holdfast.address())).isEqualTo(1);

        assertThat(complaints.toString()).contains("does not answer like Holdfast's doctor");
    }

    @Test
    void an_option_that_there_is_not_is_misuse() {
        assertThat(doctor("--fast")).isEqualTo(2);

        assertThat(complaints.toString()).contains("unknown option --fast; see ./holdfast doctor --help");
    }

    @Test
    void the_help_knows_every_option() throws IOException {
        var help = new String(
                DoctorCommand.class.getResourceAsStream("doctor-help.txt").readAllBytes(), StandardCharsets.UTF_8);

        var command = Cli.commandLine(Map.of(), new PrintWriter(printed), new PrintWriter(complaints))
                .getSubcommands()
                .get("doctor");

        assertThat(command.getCommandSpec().options())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(help).contains("  " + option.longestName() + " "));
    }

    private int doctor(String... arguments) {
        return Cli.commandLine(Map.of(), new PrintWriter(printed, true), new PrintWriter(complaints, true))
                .execute(
                        Stream.concat(Stream.of("doctor"), Stream.of(arguments)).toArray(String[]::new));
    }
}
