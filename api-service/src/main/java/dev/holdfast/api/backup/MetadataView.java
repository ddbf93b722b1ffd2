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
        @Schema(example = "17.9") @Nullable String serverVersion,
        @Schema(example = "17.12") @Nullable String toolVersion,
        @Schema(example = "9000000000") @Nullable Long databaseSizeBytes,
        @Schema(example = "{\"pgcrypto\": \"1.3\"}") Map<String, String> extensions,
        @Schema(example = """
                                {"django_migrations": {"table": "public.django_migrations", "applied": 42, "failed": 0,
                                 "heads": ["auth.0012_alter_user"]}}""") Map<String, MigrationState> migrations,
        @Schema(example = "{\"version\": \"4.2\"}") Map<String, Object> app) {

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
