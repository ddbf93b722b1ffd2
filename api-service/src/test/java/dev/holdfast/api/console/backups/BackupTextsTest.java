package dev.holdfast.api.console.backups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.backup.BackupStatus;
import dev.holdfast.api.backup.BackupView;
import dev.holdfast.api.backup.EarlierBackups.Expectation;
import dev.holdfast.api.backup.MetadataView;
import dev.holdfast.api.backup.SourceRuns;
import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.event.MigrationState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackupTextsTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    void the_time_left_is_what_is_usual_less_what_has_passed() {
        var progress = progress(BackupStatus.RUNNING, new Expectation(Duration.ofSeconds(100), 1), 30);

        assertThat(progress.left()).isEqualTo(Duration.ofSeconds(70));
        assertThat(progress.percent()).isEqualTo(30);
    }

    @Test
    void one_that_takes_longer_than_usual_never_seems_done() {
        var progress = progress(BackupStatus.RUNNING, new Expectation(Duration.ofSeconds(100), 1), 500);

        assertThat(progress.isLonger()).isTrue();
        assertThat(progress.left()).isNull();
        assertThat(progress.percent()).isEqualTo(99);
    }

    @Test
    void of_the_first_one_nothing_is_promised() {
        var progress = progress(BackupStatus.RUNNING, null, 30);

        assertThat(progress.left()).isNull();
        assertThat(progress.percent()).isNull();
    }

    @Test
    void one_that_does_not_run_has_no_progress() {
        assertThat(Progress.of(view(BackupStatus.COMPLETED, "/b", List.of()), null, NOON))
                .isEmpty();
    }

    @Test
    void the_bar_of_a_source_says_in_words_what_it_shows() {
        var runs = new SourceRuns.Runs(
                UUID.randomUUID(),
                "shop",
                List.of(
                        run(BackupStatus.COMPLETED, 10),
                        run(BackupStatus.COMPLETED, 20),
                        run(BackupStatus.FAILED, 5),
                        run(BackupStatus.RUNNING, 0)));

        var bar = RunBar.of(runs);

        assertThat(bar.story()).isEqualTo("2 completed, failed, running");
        assertThat(bar.text()).isEqualTo("the last 4: 2 completed, 1 failed, 1 other");
        assertThat(bar.lastGood()).isEqualTo(runs.runs().get(1));
        assertThat(bar.marks()).extracting(RunBar.Mark::x).containsExactly(260, 270, 280, 290);
        assertThat(bar.marks()).extracting(RunBar.Mark::height).containsExactly(23, 36, 16, 10);
    }

    @Test
    void the_last_good_one_is_of_the_database_where_there_is_one() {
        var database = run(BackupType.DATABASE, BackupStatus.COMPLETED, 10);
        var media = run(BackupType.MEDIA, BackupStatus.COMPLETED, 10);

        assertThat(lastGood(database, media)).isEqualTo(database);
        assertThat(lastGood(media)).isEqualTo(media);
    }

    private static SourceRuns.@Nullable Run lastGood(SourceRuns.Run... runs) {
        return RunBar.of(new SourceRuns.Runs(UUID.randomUUID(), "shop", List.of(runs)))
                .lastGood();
    }

    private static SourceRuns.Run run(BackupStatus status, int seconds) {
        return run(BackupType.FULL, status, seconds);
    }

    private static SourceRuns.Run run(BackupType type, BackupStatus status, int seconds) {
        var end = status == BackupStatus.RUNNING ? null : NOON.plusSeconds(seconds);
        return new SourceRuns.Run(UUID.randomUUID(), type, status, NOON, NOON, end, 1L);
    }

    @Test
    void changes_are_what_is_different_in_either_direction() {
        var before = metadata("17.1", Map.of("postgis", "3.4", "old", "1"), 3);
        var now = metadata("17.2", Map.of("postgis", "3.5", "new", "2"), 4);

        assertThat(Changes.between(before, now))
                .extracting(change -> change.what() + ": " + change.before() + " > " + change.now())
                .containsExactly(
                        "PostgreSQL server: 17.1 > 17.2",
                        "Extension new: none > 2",
                        "Extension old: 1 > none",
                        "Extension postgis: 3.4 > 3.5",
                        "Migrations in flyway: 3 applied: 3 > 4 applied: 4");
        assertThat(Changes.between(now, now)).isEmpty();
    }

    @Test
    void the_command_for_hashes_is_one_word_whatever_a_name_holds() {
        var backup = view(
                BackupStatus.COMPLETED,
                "/back ups/o'clock",
                List.of(
                        new Artifact("database.dump", 1, "ab".repeat(32)),
                        new Artifact("$(id).txt", 1, "cd".repeat(32))));

        assertThat(HashCommand.of(backup))
                .isEqualTo("cd '/back ups/o'\\''clock' && printf '%s\\n' '" + "ab".repeat(32) + "  database.dump' '"
                        + "cd".repeat(32) + "  $(id).txt' | sha256sum --check");
    }

    private static Progress progress(BackupStatus status, Expectation expected, int seconds) {
        return Progress.of(view(status, null, List.of()), expected, NOON.plusSeconds(seconds))
                .orElseThrow();
    }

    private static MetadataView metadata(String server, Map<String, String> extensions, int applied) {
        var migrations = Map.of("flyway", new MigrationState("flyway", applied, 0, List.of("" + applied)));
        return new MetadataView(server, "17.2", 1L, extensions, migrations, Map.of());
    }

    private static BackupView view(BackupStatus status, String path, List<Artifact> artifacts) {
        return new BackupView(
                UUID.randomUUID(),
                "shop",
                "shop",
                null,
                BackupType.FULL,
                false,
                status,
                null,
                1,
                NOON,
                NOON,
                null,
                0,
                0,
                artifacts,
                path,
                null,
                metadata("17.1", Map.of(), 1),
                null);
    }
}
