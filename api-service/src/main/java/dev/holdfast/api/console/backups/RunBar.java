package dev.holdfast.api.console.backups;

import dev.holdfast.api.backup.BackupStatus;
import dev.holdfast.api.backup.SourceRuns;
import dev.holdfast.common.event.BackupType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The last runs of a source as a row of marks, the newest at the right: tall as they took long, coloured as they ended.
 *
 * @param text how many ended how
 * @param story the same as the marks in words, oldest first
 */
record RunBar(
        String source, UUID sourceId, String text, String story, List<Mark> marks, SourceRuns.@Nullable Run lastGood) {
    private static final int STEP = 10;
    private static final int HEIGHT = 36;
    private static final int SHORTEST = 10;

    /** One run. */
    record Mark(UUID id, String status, int x, int y, int height, SourceRuns.Run run) {}

    static RunBar of(SourceRuns.Runs runs) {
        var all = runs.runs();
        long longest = all.stream().mapToLong(RunBar::millis).max().orElse(0);
        int indent = SourceRuns.RUNS - all.size();
        var marks = IntStream.range(0, all.size())
                .mapToObj(at -> mark(all.get(at), (indent + at) * STEP, longest))
                .toList();
        // The newest one of the database; of media alone, where there is no other.
        var lastGood = all.reversed().stream()
                .filter(run -> run.status() == BackupStatus.COMPLETED)
                .min(Comparator.comparing(run -> run.type() == BackupType.MEDIA))
                .orElse(null);
        return new RunBar(runs.source(), runs.sourceId(), text(all), story(all), marks, lastGood);
    }

    private static Mark mark(SourceRuns.Run run, int x, long longest) {
        int height = longest == 0 ? SHORTEST : SHORTEST + Math.toIntExact((HEIGHT - SHORTEST) * millis(run) / longest);
        return new Mark(run.id(), run.status().wireName(), x, HEIGHT - height, height, run);
    }

    private static long millis(SourceRuns.Run run) {
        return run.startedAt() == null || run.finishedAt() == null
                ? 0
                : Math.max(0, run.finishedAt().toEpochMilli() - run.startedAt().toEpochMilli());
    }

    private static String text(List<SourceRuns.Run> runs) {
        long completed = count(runs, BackupStatus.COMPLETED);
        long failed = count(runs, BackupStatus.FAILED);
        return "the last %d: %d completed, %d failed, %d other"
                .formatted(runs.size(), completed, failed, runs.size() - completed - failed);
    }

    private static String story(List<SourceRuns.Run> runs) {
        var words = new ArrayList<String>();
        int same = 0;
        for (int at = 0; at < runs.size(); at++) {
            same++;
            var status = runs.get(at).status();
            if (at == runs.size() - 1 || runs.get(at + 1).status() != status) {
                words.add(same == 1 ? status.wireName() : same + " " + status.wireName());
                same = 0;
            }
        }
        return String.join(", ", words);
    }

    private static long count(List<SourceRuns.Run> runs, BackupStatus status) {
        return runs.stream().filter(run -> run.status() == status).count();
    }
}
