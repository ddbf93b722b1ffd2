package dev.holdfast.api.backup;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the completed backups of a source before a given one say about it: what has changed, and how long such a one takes. */
@Repository
public class EarlierBackups {
    private static final int SAMPLE = 5;

    /** How long a backup like this has taken, and how large it was: the middle of the last few. */
    public record Expectation(Duration duration, long sizeBytes) {}

    private final JdbcClient jdbc;
    private final BackupRows rows;

    EarlierBackups(JdbcClient jdbc, BackupRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** The newest completed one before this with something to compare: one of media alone says nothing about a database. */
    public Optional<Backup> before(Backup backup) {
        return completed(backup, " and (type = 'MEDIA') = (:type = 'MEDIA')", 1).stream()
                .findFirst();
    }

    /** What is to be expected of a backup; absent for the first of its kind. */
    public Optional<Expectation> expectation(Backup backup) {
        var likeThis = completed(backup, " and type = :type and include_media = :media", SAMPLE);
        var durations = likeThis.stream().flatMap(one -> duration(one).stream()).toList();
        if (durations.isEmpty()) {
            return Optional.empty();
        }
        var sizes = likeThis.stream()
                .map(one -> one.course().outcome())
                .filter(Objects::nonNull)
                .map(outcome -> outcome.sizeBytes() == null ? 0L : outcome.sizeBytes())
                .toList();
        return Optional.of(new Expectation(middle(durations), middle(sizes)));
    }

    private List<Backup> completed(Backup backup, String more, int limit) {
        return jdbc.sql("select * from backup where source_id = :source and status = 'COMPLETED' and id < :id" + more
                        + " order by id desc limit :limit")
                .param("source", backup.sourceId().value())
                .param("id", backup.id().value())
                .param("type", backup.type().name())
                .param("media", backup.includeMedia())
                .param("limit", limit)
                .query(rows)
                .list();
    }

    private static Optional<Duration> duration(Backup backup) {
        var start = backup.course().start();
        var outcome = backup.course().outcome();
        return start == null || outcome == null
                ? Optional.empty()
                : Optional.of(Duration.between(start.at(), outcome.at())).filter(taken -> !taken.isNegative());
    }

    private static <T extends Comparable<T>> T middle(List<T> values) {
        return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
    }
}
