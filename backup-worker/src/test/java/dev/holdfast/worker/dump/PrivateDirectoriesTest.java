package dev.holdfast.worker.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class PrivateDirectoriesTest {
    /** Above the highest process id that Linux gives. */
    private static final long NOBODY = 5_000_000;

    @TempDir
    private Path root;

    @Test
    void what_a_killed_worker_left_is_cleared_away_at_the_next_start() throws IOException {
        var ofDead = Files.createDirectories(root.resolve("holdfast-" + NOBODY + "-1795875645000-7"));
        Files.writeString(ofDead.resolve("pgpass"), "*:*:*:*:secret");
        var ofFormerProcessWithOurId = Files.createDirectories(
                root.resolve("holdfast-" + ProcessHandle.current().pid() + "-1795875645000-8"));
        var ofSomebodyElse = Files.createDirectories(root.resolve("holdfast-2026-01-15"));
        var ours = directories().create();

        var next = directories();

        assertThat(ofDead).doesNotExist();
        assertThat(ofFormerProcessWithOurId).doesNotExist();
        assertThat(ofSomebodyElse).exists();
        assertThat(ours).exists();
        assertThat(next.create()).exists();
    }

    private PrivateDirectories directories() {
        return new PrivateDirectories(
                new DumpSettings(List.of(), DataSize.ofMegabytes(256), 8, Workshop.LOCK_WAIT, 3, 1, root));
    }
}
