package dev.holdfast.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourcesCommandTest {
    private final StringWriter printed = new StringWriter();
    private final StringWriter complaints = new StringWriter();
    private ScriptedHoldfast holdfast;

    @BeforeEach
    void start() throws IOException {
        holdfast = new ScriptedHoldfast()
                .on("GET /api/v1/sources", 200, """
                        {"items": [{"id": "s-1", "name": "the shop", "host": "db", "port": 5433, "database": "shop",
                         "username": "ada"}], "next": "c"}""")
                .on("GET /api/v1/sources", 200, """
                        {"items": [{"id": "s-2", "name": "shpo", "host": "::1", "port": 5432, "database": "shpo",
                         "username": "ada", "paused": true}], "next": null}""")
                .on("DELETE /api/v1/sources/s-2", 204, "");
    }

    @AfterEach
    void stop() {
        holdfast.close();
    }

    @Test
    void each_source_is_a_line() {
        assertThat(sources()).isZero();

        assertThat(printed.toString().lines())
                .containsExactly("the shop  shop on db:5433 as ada", "shpo      shpo on ::1:5432 as ada, paused");
    }

    @Test
    void without_a_source_it_says_how_one_comes() throws IOException {
        holdfast.close();
        holdfast = new ScriptedHoldfast().on("GET /api/v1/sources", 200, "{\"items\": [], \"next\": null}");

        assertThat(sources()).isZero();

        assertThat(printed.toString()).contains("No sources yet", "./holdfast backup ", "--api " + holdfast.address());
    }

    @Test
    void one_is_deleted_by_its_name_wherever_the_options_stand() {
        assertThat(sources("delete", "shpo")).isZero();

        assertThat(holdfast.requests("DELETE /api/v1/sources/s-2")).hasSize(1);
        assertThat(printed.toString()).contains("Deleted source shpo. Its backups stay.");
    }

    @Test
    void a_name_that_nothing_has_deletes_nothing_and_says_how_to_see_them() {
        assertThat(sources("delete", "Shpo")).isEqualTo(1);

        assertThat(complaints.toString())
                .contains("there is no source Shpo", "fix: ", "./holdfast sources --api " + holdfast.address());
        assertThat(holdfast.requests("DELETE /api/v1/sources/s-2")).isEmpty();
    }

    @Test
    void a_refusal_comes_with_its_fix() {
        holdfast.on("DELETE /api/v1/sources/s-1", 409, """
                {"code": "SOURCE_BUSY", "detail": "a backup of the shop has not ended", "fix": "wait for it"}""");

        assertThat(sources("delete", "the shop")).isEqualTo(1);

        assertThat(complaints.toString())
                .contains("a backup of the shop has not ended (SOURCE_BUSY)", "fix: wait for it");
    }

    @Test
    void other_words_are_misuse() {
        for (var words : new String[][] {{"drop", "shpo"}, {"delete"}, {"shpo"}, {"delete", "shpo", "the shop"}}) {
            assertThat(sources(words)).isEqualTo(2);
        }
        assertThat(holdfast.requests("DELETE /api/v1/sources/s-2")).isEmpty();
    }

    @Test
    void the_help_knows_every_option() throws IOException {
        var help = new String(
                SourcesCommand.class.getResourceAsStream("sources-help.txt").readAllBytes(), StandardCharsets.UTF_8);

        var command = Cli.commandLine(Map.of(), new PrintWriter(printed), new PrintWriter(complaints))
                .getSubcommands()
                .get("sources");

        assertThat(command.getCommandSpec().options())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(help).contains("  " + option.longestName() + " "));
    }

    private int sources(String... words) {
        return Cli.commandLine(Map.of(), new PrintWriter(printed, true), new PrintWriter(complaints, true))
                .execute(Stream.concat(Stream.of("sources", "--api", holdfast.address()), Stream.of(words))
                        .toArray(String[]::new));
    }
}
