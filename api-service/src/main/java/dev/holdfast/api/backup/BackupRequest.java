package dev.holdfast.api.backup;

import dev.holdfast.api.web.PlainText;
import dev.holdfast.common.event.BackupType;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a backup.
 *
 * @param source the id or the name of a source
 * @param name what people call it; made from the source and the time where nothing is said
 * @param type {@code full} where nothing is said
 * @param includeMedia where nothing is said, whether there are media that the type takes along
 * @param metadata anything about the application, kept with the backup
 */
public record BackupRequest(
        @NotNull(message = "is required") @PlainText String source,
        @PlainText @Nullable String name,

        @PlainText(min = 0, max = 2000, lines = true, outerSpace = true) @Nullable
        String description,

        @Nullable BackupType type,
        @Nullable Boolean includeMedia,
        @AppMetadata @Nullable Map<String, Object> metadata) {

    BackupType wantedType() {
        return type == null ? BackupType.FULL : type;
    }

    Map<String, Object> app() {
        return metadata == null ? Map.of() : metadata;
    }
}
