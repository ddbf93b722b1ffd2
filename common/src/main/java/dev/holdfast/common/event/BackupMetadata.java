package dev.holdfast.common.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was true of the database and its application when the backup was taken.
 *
 * @param serverVersion absent for a backup of media alone, like {@code toolVersion}
 * @param databaseSizeBytes as {@code pg_database_size} says, before compression
 * @param extensions installed extensions and their versions
 * @param migrations by the table in which a migration tool keeps its state, such as {@code django_migrations}
 * @param app what the caller passed, unchanged
 */
public record BackupMetadata(
        @Nullable String serverVersion,
        @Nullable String toolVersion,
        long databaseSizeBytes,
        Map<String, String> extensions,
        Map<String, MigrationState> migrations,
        Map<String, Object> app) {}
