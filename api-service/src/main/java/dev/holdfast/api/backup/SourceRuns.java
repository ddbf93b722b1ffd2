package dev.holdfast.api.backup;

import dev.holdfast.common.event.BackupType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The last backups of each source, for a look at how it goes. */
@Repository
public class SourceRuns {
    /** How many backups of a source are looked at. */
    public static final int RUNS = 30;

    /** One backup, in short. */
    public record Run(
            UUID id,
            BackupType type,
            BackupStatus status,
            Instant requestedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Long sizeBytes) {}

    /** The last backups of one source, oldest first. */
    public record Runs(UUID sourceId, String source, List<Run> runs) {}

    private final JdbcClient jdbc;

    SourceRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Of the first sources by name that have backups.
     *
     * @param source the name of the one that is wanted; absent for all
     */
    public List<Runs> latest(@Nullable String source, int sources) {
        var found = new LinkedHashMap<UUID, Runs>();
        jdbc.sql("""
                        select s.id as source_id, s.name as source, b.id, b.type, b.status, b.requested_at,
                            b.started_at, b.finished_at, b.size_bytes
                        from (select id, name from source where cast(:source as text) is null or name = :source
                            order by name limit :sources) s
                        cross join lateral (select * from backup where source_id = s.id order by id desc limit :runs) b
                        order by s.name, b.id
                        """)
                .param("source", source)
                .param("sources", sources)
                .param("runs", RUNS)
                .query((row, number) -> found.computeIfAbsent(
                                row.getObject("source_id", UUID.class), id -> none(id, row))
                        .runs()
                        .add(run(row)))
                .list();
        return List.copyOf(found.values());
    }

    private static Runs none(UUID id, ResultSet row) {
        try {
            return new Runs(id, row.getString("source"), new ArrayList<>());
        } catch (SQLException e) {
            throw new IllegalStateException("the row has a source", e);
        }
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getObject("id", UUID.class),
                BackupType.valueOf(row.getString("type")),
                BackupStatus.valueOf(row.getString("status")),
                row.getTimestamp("requested_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getObject("size_bytes", Long.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
