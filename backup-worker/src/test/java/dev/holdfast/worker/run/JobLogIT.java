package dev.holdfast.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.id.BackupId;
import dev.holdfast.worker.job.JobFixture;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class JobLogIT {
    final JobFixture fixture = new JobFixture(Clock.systemUTC());
    final Clock noon = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);
    final BackupId id = BackupId.next();
    final JobLog log = new JobLog(id, 1, fixture.lines, noon);

    @Test
    void lines_are_read_back_in_their_order_attempt_by_attempt() {
        var next = new JobLog(id, 2, fixture.lines, noon);
        next.warn("second");
        next.flush();
        log.info("first");
        log.error("it\nbroke\n");
        log.flush();
        log.flush();

        assertThat(text()).isEqualTo("""
                2026-01-02T12:00:00Z INFO  first
                2026-01-02T12:00:00Z ERROR it
                2026-01-02T12:00:00Z ERROR broke
                2026-01-02T12:00:00Z WARN  second
                """);
    }

    @Test
    void the_password_and_what_postgresql_refuses_are_never_written() {
        log.redaction().hide("hunter2");

        log.info("login with hunter2 \u0000\u001b[31mred");
        log.flush();

        assertThat(text()).isEqualTo("2026-01-02T12:00:00Z INFO  login with ***   [31mred\n");
        assertThat(log.excerpt()).contains("***").doesNotContain("hunter2");
    }

    @Test
    void ten_thousand_lines_are_all_there_and_the_excerpt_is_their_tail() {
        for (int i = 1; i <= 10_000; i++) {
            log.info("dumping contents of table ünïcödé_" + i);
        }
        log.flush();

        assertThat(text().lines()).hasSize(10_000);
        assertThat(log.excerpt()).endsWith("_10000").doesNotContain("_9000\n");
        assertThat(log.excerpt().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(15 * 1024, 16 * 1024);
    }

    @Test
    void lines_that_are_older_than_they_are_kept_are_forgotten_however_many_there_are() {
        for (int i = 0; i < 10_001; i++) {
            log.info("old");
        }
        log.flush();
        var later = new JobLog(id, 2, fixture.lines, Clock.offset(noon, Duration.ofSeconds(1)));
        later.info("newer");
        later.flush();

        assertThat(fixture.lines.forget(noon.instant())).isZero();
        assertThat(fixture.lines.forget(noon.instant().plusSeconds(1))).isEqualTo(10_001);

        assertThat(text()).endsWith("newer\n").hasLineCount(1);
    }

    @Test
    void one_endless_line_is_cut_for_the_excerpt() {
        log.info("ü".repeat(50_000));

        assertThat(log.excerpt().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(16 * 1024);
    }

    private String text() {
        var text = new StringBuilder();
        fixture.lines.write(id, text);
        return text.toString();
    }
}
