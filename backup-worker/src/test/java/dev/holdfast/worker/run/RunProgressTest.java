package dev.holdfast.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.worker.job.JobProgress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE);
    final RunProgress progress = new RunProgress(nanoTime::get);

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
        pass(Duration.ofSeconds(60));
        assertThat(progress.stalledFor()).isZero();

        progress.enter(BackupPhase.DUMP);
        pass(Duration.ofSeconds(30));
        progress.progressed(0, 0);
        assertThat(progress.stalledFor()).isEqualTo(Duration.ofSeconds(30));

        progress.progressed(1, 0);
        assertThat(progress.stalledFor()).isZero();
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
