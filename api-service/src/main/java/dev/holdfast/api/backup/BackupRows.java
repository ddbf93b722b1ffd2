package dev.holdfast.api.backup;

import dev.holdfast.api.document.Documents;
import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Reads a row of the catalogue. */
@Component
class BackupRows implements RowMapper<Backup> {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<List<Artifact>> ARTIFACTS = new TypeReference<>() {};
    private static final TypeReference<Failure> FAILURE = new TypeReference<>() {};
    private static final TypeReference<BackupMetadata> METADATA = new TypeReference<>() {};

    private final Documents documents;

    BackupRows(Documents documents) {
        this.documents = documents;
    }

    @Override
    public Backup mapRow(ResultSet row, int number) throws SQLException {
        return new Backup(
                new BackupId(row.getObject("id", UUID.class)),
                new SourceId(row.getObject("source_id", UUID.class)),
                row.getString("source_name"),
                row.getString("name"),
                row.getString("description"),
                BackupType.valueOf(row.getString("type")),
                row.getBoolean("include_media"),
                Objects.requireNonNull(documents.read(row.getString("app"), OBJECT)),
                instant(row, "requested_at"),
                course(row));
    }

    private Course course(ResultSet row) throws SQLException {
        return new Course(
                row.getInt("attempt"),
                row.getLong("newest_sequence"),
                row.getLong("requested_sequence"),
                row.getLong("cancel_sequence"),
                row.getLong("setback_sequence"),
                start(row),
                step(row),
                outcome(row));
    }

    private static Course.@Nullable Start start(ResultSet row) throws SQLException {
        long sequence = row.getLong("started_sequence");
        return sequence == 0
                ? null
                : new Course.Start(
                        sequence,
                        instant(row, "started_at"),
                        row.getString("tool_version"),
                        row.getString("server_version"));
    }

    private static Course.@Nullable Step step(ResultSet row) throws SQLException {
        long sequence = row.getLong("progressed_sequence");
        return sequence == 0
                ? null
                : new Course.Step(sequence, BackupPhase.valueOf(row.getString("phase")), row.getLong("bytes_written"));
    }

    private Course.@Nullable Outcome outcome(ResultSet row) throws SQLException {
        long sequence = row.getLong("ended_sequence");
        if (sequence == 0) {
            return null;
        }
        var artifacts = documents.read(row.getString("artifacts"), ARTIFACTS);
        return new Course.Outcome(
                sequence,
                BackupStatus.valueOf(row.getString("ended_status")),
                instant(row, "finished_at"),
                row.getString("path"),
                row.getObject("size_bytes", Long.class),
                artifacts == null ? List.of() : artifacts,
                documents.read(row.getString("failure"), FAILURE),
                documents.read(row.getString("metadata"), METADATA));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
