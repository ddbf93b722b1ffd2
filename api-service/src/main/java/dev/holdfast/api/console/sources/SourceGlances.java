package dev.holdfast.api.console.sources;

import dev.holdfast.api.source.Source;
import dev.holdfast.api.source.Sources;
import dev.holdfast.api.web.Page;
import dev.holdfast.common.id.SourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sources with how their backups went, in a fixed number of statements that each go by an index. */
@Repository
public class SourceGlances {
    private static final int PAGE = 50;
    private static final int RUNS = 30;
    private static final String COLUMNS =
            "id, source_id, status, requested_at, started_at, finished_at, size_bytes, failure ->> 'code' as failure_code";

    private static final String NEWEST =
            "select %s from backup where source_id = wanted.source order by id desc".formatted(COLUMNS);
    /** Of the database first; the second half is looked at only where the first has none. */
    private static final String NEWEST_GOOD = """
            (select %1$s from backup where source_id = wanted.source and status = 'COMPLETED' and type <> 'MEDIA'
                order by id desc limit 1)
            union all
            (select %1$s from backup where source_id = wanted.source and status = 'COMPLETED' and type = 'MEDIA'
                order by id desc limit 1)""".formatted(COLUMNS);

    private final Sources sources;
    private final JdbcClient jdbc;

    SourceGlances(Sources sources, JdbcClient jdbc) {
        this.sources = sources;
        this.jdbc = jdbc;
    }

    /** A part of the sources, by name, each part after the name that the one before ended with. */
    Page<SourceGlance> page(SourceQuery query) {
        var fetched = sources.byName(query.text(), query.after(), PAGE + 1);
        var part = fetched.subList(0, Math.min(PAGE, fetched.size()));
        var ids = part.stream().map(source -> source.id().value()).toList();
        var runs = runs(ids);
        var good = lastGood(ids);
        return new Page<>(
                part.stream().map(source -> glance(source, runs, good)).toList(),
                fetched.size() > PAGE ? part.getLast().name() : null);
    }

    /** The source that was made last. */
    public Optional<SourceGlance> newest() {
        return sources.newest().flatMap(source -> one(source.id()));
    }

    /** One source. */
    public Optional<SourceGlance> one(SourceId id) {
        return sources.find(id).map(source -> glance(source, runs(List.of(id.value())), lastGood(List.of(id.value()))));
    }

    private static SourceGlance glance(
            Source source, Map<UUID, List<SourceRun>> runs, Map<UUID, List<SourceRun>> good) {
        var id = source.id().value();
        var newestFirst = runs.getOrDefault(id, List.of());
        var lastGood = good.getOrDefault(id, List.of());
        return new SourceGlance(source, lastGood.isEmpty() ? null : lastGood.getFirst(), newestFirst.reversed());
    }

    private Map<UUID, List<SourceRun>> runs(List<UUID> ids) {
        return ofEach(ids, NEWEST, RUNS);
    }

    private Map<UUID, List<SourceRun>> lastGood(List<UUID> ids) {
        return ofEach(ids, NEWEST_GOOD, 1);
    }

    private Map<UUID, List<SourceRun>> ofEach(List<UUID> ids, String select, int limit) {
        return jdbc
                .sql("select newest.* from unnest(:ids) as wanted (source) cross join lateral (%s limit :limit) newest"
                        .formatted(select))
                .param("ids", ids.toArray(UUID[]::new))
                .param("limit", limit)
                .query(SourceGlances::run)
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        OfSource::source, Collectors.mapping(OfSource::run, Collectors.toList())));
    }

    private record OfSource(UUID source, SourceRun run) {}

    private static OfSource run(ResultSet row, int number) throws SQLException {
        return new OfSource(
                row.getObject("source_id", UUID.class),
                new SourceRun(
                        row.getObject("id", UUID.class),
                        row.getString("status").toLowerCase(Locale.ROOT),
                        row.getTimestamp("requested_at").toInstant(),
                        instant(row.getTimestamp("started_at")),
                        instant(row.getTimestamp("finished_at")),
                        row.getObject("size_bytes", Long.class),
                        row.getString("failure_code")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
