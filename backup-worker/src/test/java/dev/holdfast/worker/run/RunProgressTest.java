package dev.holdfast.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.worker.job.JobProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    final SettableClock clock = new SettableClock();
    final RunProgress progress = new RunProgress(clock);

    @Test
    void bytes_add_up_over_the_phases_and_never_fall() {
        progress.expectTables(3);
        progress.enter(BackupPhase.DUMP);
        progress.progressed(10, 2);
        progress.progressed(7, 1);
        progress.enter(BackupPhase.MEDIA);
        progress.archived(5);

        assertThat(progress.now()).isEqualTo(new JobProgress(BackupPhase.MEDIA, 15, 2, 3));
    }

    @Test
    void a_dump_stalls_while_nothing_moves_and_other_phases_never_do() {
        clock.now = clock.now.plusSeconds(60);
        assertThat(progress.stalledFor()).isZero();

        progress.enter(BackupPhase.DUMP);
        clock.now = clock.now.plusSeconds(30);
        progress.progressed(0, 0);
        assertThat(progress.stalledFor()).isEqualTo(Duration.ofSeconds(30));

        progress.progressed(1, 0);
        assertThat(progress.stalledFor()).isZero();
    }

    private static final class SettableClock extends Clock {
        Instant now = Instant.parse("2026-01-02T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
