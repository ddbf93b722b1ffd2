package dev.holdfast.notification.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@link IncidentFacts} and {@link Incidents} ask for. */
final class IncidentRows {
    private static final TypeReference<List<UUID>> IDS = new TypeReference<>() {};
    private static final TypeReference<List<HitSource>> SOURCES = new TypeReference<>() {};

    private IncidentRows() {}

    static Extent extent(ResultSet row) throws SQLException {
        var json = JsonMapper.shared();
        return new Extent(
                StoredFailure.read(row.getString("failure")),
                time(row, "since"),
                time(row, "last_failure_at"),
                row.getInt("failures"),
                row.getInt("backups_hit"),
                json.readValue(row.getString("backups"), IDS),
                json.readValue(row.getString("sources"), SOURCES));
    }

    static Incident incident(ResultSet row) throws SQLException {
        return new Incident(
                row.getObject("id", UUID.class),
                row.getString("incident_key"),
                row.getString("title"),
                extent(row),
                time(row, "raised_at"),
                row.getLong("raised_sequence"),
                row.getBoolean("flapping"),
                timeOrNull(row, "quiet_since"),
                timeOrNull(row, "resolved_at"));
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(timeOrNull(row, column), column);
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
