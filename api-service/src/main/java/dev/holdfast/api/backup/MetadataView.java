package dev.holdfast.api.backup;

import dev.holdfast.common.event.MigrationState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was true of the database and its application; before the end of the backup, as far as it is known.
 *
 * @param app what the caller passed
 */
@Schema(name = "BackupMetadata")
public record MetadataView(
        @Nullable String serverVersion,
        @Nullable String toolVersion,
        @Nullable Long databaseSizeBytes,
        Map<String, String> extensions,
        Map<String, MigrationState> migrations,
        Map<String, Object> app) {

    static MetadataView of(Backup backup) {
        var course = backup.course();
        var outcome = course.outcome();
        var metadata = outcome == null ? null : outcome.metadata();
        if (metadata != null && course.status() == BackupStatus.COMPLETED) {
            return new MetadataView(
                    metadata.serverVersion(),
                    metadata.toolVersion(),
                    metadata.databaseSizeBytes(),
                    metadata.extensions(),
                    metadata.migrations(),
                    backup.app());
        }
        var start = course.start();
        return new MetadataView(
                start == null ? null : start.serverVersion(),
                start == null ? null : start.toolVersion(),
                null,
                Map.of(),
                Map.of(),
                backup.app());
    }
}
