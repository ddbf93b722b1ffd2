package dev.holdfast.common.event;

import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked for a backup: everything the worker needs to run it, nothing it would have to ask for.
 *
 * @param name what people call this backup
 * @param mediaPaths absolute directories on the worker that belong to the source; empty where it has none
 * @param connection where the database is, without its password
 * @param sealedPassword the password, readable by the worker alone
 * @param metadata what the caller said about the application: its version, runtimes, installed apps
 */
public record BackupRequested(
        BackupId backupId,
        SourceId sourceId,
        String sourceName,
        int attempt,
        String name,
        @Nullable String description,
        BackupType type,
        boolean includeMedia,
        List<String> mediaPaths,
        SourceConnection connection,
        SealedSecret sealedPassword,
        Map<String, Object> metadata)
        implements BackupEvent {

    /** What the backup is to be made of; at least one. */
    public List<BackupPart> parts() {
        return switch (type) {
            case FULL -> includeMedia ? List.of(BackupPart.DATABASE, BackupPart.MEDIA) : List.of(BackupPart.DATABASE);
            case DATABASE -> List.of(BackupPart.DATABASE);
            case MEDIA -> List.of(BackupPart.MEDIA);
        };
    }
}
