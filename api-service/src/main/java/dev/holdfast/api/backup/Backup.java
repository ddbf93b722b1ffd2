package dev.holdfast.api.backup;

import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backup in the catalogue.
 *
 * @param sourceName as it was when the backup was requested; the source may be gone
 * @param app what the caller said about the application
 * @param course what the events have told
 */
public record Backup(
        BackupId id,
        SourceId sourceId,
        String sourceName,
        String name,
        @Nullable String description,
        BackupType type,
        boolean includeMedia,
        Map<String, Object> app,
        Instant requestedAt,
        Course course) {

    Backup with(Course later) {
        return new Backup(id, sourceId, sourceName, name, description, type, includeMedia, app, requestedAt, later);
    }
}
