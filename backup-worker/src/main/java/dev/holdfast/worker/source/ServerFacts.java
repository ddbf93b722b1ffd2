package dev.holdfast.worker.source;

import dev.holdfast.common.event.MigrationState;
import java.util.Map;

/**
 * What a source's server and database are like right now.
 *
 * @param versionNumber as {@code server_version_num} says, such as 170012
 * @param version for people, such as {@code 17.12}
 * @param databaseSizeBytes as {@code pg_database_size} says
 * @param tableCount tables whose rows a dump takes along
 * @param largeObjectCount as many as the database has
 * @param extensions installed extensions and their versions
 * @param migrations by the migration tool's table name, such as {@code django_migrations}
 */
public record ServerFacts(
        int versionNumber,
        String version,
        long databaseSizeBytes,
        int tableCount,
        long largeObjectCount,
        Map<String, String> extensions,
        Map<String, MigrationState> migrations) {

    public int majorVersion() {
        return versionNumber / 10_000;
    }
}
