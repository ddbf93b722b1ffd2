package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ToolLinesTest {
    private final RecordedLog log = new RecordedLog();
    private final ArrayList<String> heard = new ArrayList<>();
    private final ToolLines lines = new ToolLines(log, heard::add);

    @Test
    void each_line_gets_its_level() throws IOException {
        drain("pg_dump: reading schemas\npg_dump: warning: odd\npg_dump: error: bad\nwithout end");

        assertThat(log.lines())
                .containsExactly(
                        "INFO pg_dump: reading schemas",
                        "WARN pg_dump: warning: odd",
                        "ERROR pg_dump: error: bad",
                        "INFO without end");
        assertThat(heard).hasSize(4);
    }

    @Test
    void a_complaint_begins_with_the_first_error() throws IOException {
        drain("pg_dump: reading schemas\npg_dump: error: query failed: FEHLER\npg_dump: detail: Query was: x\n");

        assertThat(lines.complaint()).isEqualTo("pg_dump: error: query failed: FEHLER\npg_dump: detail: Query was: x");
    }

    @Test
    void without_an_error_the_last_words_are_the_complaint() throws IOException {
        drain("1\n2\n3\n4\n5\n6\n");

        assertThat(lines.complaint()).isEqualTo("2\n3\n4\n5\n6");
    }

    @Test
    void an_endless_line_and_endless_lines_fill_nothing() throws IOException {
        drain("x".repeat(1_000_000) + "\n" + "noise\n".repeat(200_000) + "pg_dump: error: after all\n");

        assertThat(log.lines()).hasSize(50_001).allMatch(line -> line.length() < 5_000);
        assertThat(log.lines()).last().isEqualTo("ERROR pg_dump: error: after all");
        assertThat(lines.complaint()).isEqualTo("pg_dump: error: after all");
    }

    @Test
    void bytes_of_another_encoding_do_no_harm() throws IOException {
        lines.drain(new ByteArrayInputStream("pg_dump: error: Ä\n".getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(lines.complaint()).isEqualTo("pg_dump: error: \uFFFD");
    }

    private void drain(String said) throws IOException {
        lines.drain(new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)));
    }
}
