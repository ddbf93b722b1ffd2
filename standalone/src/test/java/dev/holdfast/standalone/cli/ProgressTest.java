package dev.holdfast.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ProgressTest {
    private final StringWriter written = new StringWriter();
    private Instant now = Instant.parse("2026-01-02T12:00:00Z");
    private final Progress progress = new Progress(new PrintWriter(written), false, () -> now);

    @Test
    void without_a_terminal_a_state_that_nothing_happens_in_is_told_once() {
        for (int n = 0; n < 60; n++) {
            show("{\"status\": \"requested\"}");
        }
        show("{\"status\": \"running\", \"attempt\": 1}");

        assertThat(lines()).containsExactly("requested  0:00", "attempt 1 failed; waiting for the next  1:00");
    }

    @Test
    void an_attempt_that_another_one_follows_says_why_it_failed() {
        progress.show(
                JsonMapper.shared().readTree("{\"status\": \"running\", \"attempt\": 1}"),
                "SOURCE_UNREACHABLE, db:5432 does not answer");

        assertThat(lines())
                .containsExactly(
                        "attempt 1 failed: SOURCE_UNREACHABLE, db:5432 does not answer; waiting for the next  0:00");
    }

    @Test
    void without_a_terminal_what_is_written_is_told_every_five_seconds() {
        for (int n = 1; n <= 12; n++) {
            show("{\"status\": \"running\", \"phase\": \"dump\", \"bytesWritten\": %d}".formatted(n * 1000));
        }

        assertThat(lines()).hasSize(3).allMatch(line -> line.startsWith("dump  "));
    }

    private void show(String backup) {
        progress.show(JsonMapper.shared().readTree(backup), "");
        now = now.plusSeconds(1);
    }

    private List<String> lines() {
        return written.toString().lines().toList();
    }
}
