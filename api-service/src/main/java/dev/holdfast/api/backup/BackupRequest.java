package dev.holdfast.api.backup;

import dev.holdfast.api.web.PlainText;
import dev.holdfast.common.event.BackupType;
import io.swagger.v3.oas.annotations.media.Schema;
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
        @NotNull(message = "is required") @Schema(example = "webshop") @PlainText
        String source,

        @Schema(example = "Before the release") @PlainText @Nullable
        String name,

        @PlainText(min = 0, max = 2000, lines = true, outerSpace = true) @Nullable @Schema(example = "asked for by Ada")
        String description,

        @Nullable BackupType type,

        @Schema(description = "Where nothing is said, whether there are media that the type takes along") @Nullable
        Boolean includeMedia,

        @Schema(example = "{\"version\": \"4.2\"}") @AppMetadata @Nullable
        Map<String, Object> metadata) {

    BackupType wantedType() {
        return type == null ? BackupType.FULL : type;
    }

    Map<String, Object> app() {
        return metadata == null ? Map.of() : metadata;
    }
}
