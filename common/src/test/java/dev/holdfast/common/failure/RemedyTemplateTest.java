package dev.holdfast.common.failure;

import static dev.holdfast.common.failure.RemedyTemplate.remedy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemedyTemplateTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            shop            | shop
            /app/backups    | /app/backups
            db-1.example.org | db-1.example.org
            x;touch /tmp/pwn | 'x;touch /tmp/pwn'
            a'b"c d         | 'a'\\''b"c d'
            $(id)           | '$(id)'
            `~`             | '~'
            🐘              | '🐘'
            """)
    void a_name_is_quoted_in_a_command_where_a_shell_would_not_take_it_as_it_is(String name, String word) {
        assertThat(command(name)).isEqualTo("psql -d " + word);
    }

    /** The judge of quoting is the shell. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x;touch /tmp/pwn",
                "a'b\"c d",
                "$(id)",
                "`id`",
                "a\nb",
                "\\",
                "'",
                "''",
                "*",
                "!x",
                "# x",
                "a\tb",
                "🐘",
                "",
                "&& id",
                "|id",
                ">f",
                "{a,b}",
                "~root",
                "%s",
                "a=b c"
            })
    void a_shell_reads_the_word_as_the_name(String name) throws IOException, InterruptedException {
        var script = "printf %s " + command(name).substring("psql -d ".length());

        var shell =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(name);
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void a_title_is_for_people_and_is_not_quoted() {
        var filled = remedy("Look at {path}", "ls {path}").fill(Map.of("path", "/my backups"));

        assertThat(filled.title()).isEqualTo("Look at /my backups");
        assertThat(filled.commands()).containsExactly("ls '/my backups'");
        assertThat(filled.destructive()).isFalse();
    }

    @Test
    void a_fact_that_is_not_known_stays_readable() {
        assertThat(remedy("{a}", "ls {path}").fill(Map.of())).isEqualTo(new Remedy("<a>", List.of("ls <path>"), false));
    }

    @Test
    void what_looks_like_a_placeholder_in_a_fact_stays_as_it_is() {
        var filled = remedy("", "psql -h {host} -d {database}").fill(Map.of("host", "{database}", "database", "$1\\"));

        assertThat(filled.commands()).containsExactly("psql -h '{database}' -d '$1\\'");
    }

    private static String command(String name) {
        return remedy("title", "psql -d {database}")
                .fill(Map.of("database", name))
                .commands()
                .getFirst();
    }
}
