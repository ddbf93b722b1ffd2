package dev.holdfast.api.console.sources;

import dev.holdfast.api.source.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a source stands.
 *
 * @param lastGood the newest completed backup of the database, however long ago it was; of media alone, where there is no other
 * @param runs the newest ones, the oldest of them first
 */
public record SourceGlance(Source source, @Nullable SourceRun lastGood, List<SourceRun> runs) {

    /** The newest backup, whatever has become of it. */
    public @Nullable SourceRun last() {
        return runs.isEmpty() ? null : runs.getLast();
    }

    /** The same for a table. */
    public List<SourceRun> newestFirst() {
        return runs.reversed();
    }

    /** How the sizes of the completed ones went. */
    public Trend sizes() {
        return Trend.of(runs.stream()
                .filter(SourceRun::isCompleted)
                .map(run -> run.sizeBytes() == null ? 0L : run.sizeBytes())
                .toList());
    }

    /** How long the completed ones took, in milliseconds. */
    public Trend durations() {
        return Trend.of(runs.stream()
                .filter(SourceRun::isCompleted)
                .map(run -> {
                    var duration = run.duration();
                    return duration == null ? 0L : duration.toMillis();
                })
                .toList());
    }
}
