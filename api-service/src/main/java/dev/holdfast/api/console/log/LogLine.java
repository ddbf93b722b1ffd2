package dev.holdfast.api.console.log;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One entry of the log as the page shows it. */
public record LogLine(
        Instant time,
        String type,
        String level,
        @Nullable String source,
        @Nullable UUID backupId,
        @Nullable Integer attempt,
        String message) {

    /** The type without what all have in common. */
    public String shortType() {
        return type.replaceFirst("^dev\\.holdfast\\.", "").replaceFirst("\\.v\\d+$", "");
    }
}
