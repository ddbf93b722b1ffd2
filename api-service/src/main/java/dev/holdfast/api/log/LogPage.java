package dev.holdfast.api.log;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A page of the log, newest first, as the notification-service answers with it. */
@Schema(name = "LogPage")
record LogPage(
        List<Entry> items,

        @Schema(
                description = "What to send as cursor for the following part; null at the end",
                example = "MTc5NTU3MjAwMjg4NDAxNjo0Mg")
        @Nullable
        String next) {

    /** One event that has happened. */
    @Schema(name = "LogEntry")
    record Entry(
            @Schema(description = "Its number in the log, in the order of recording", example = "42")
            long id,

            @Schema(example = "01a2106e-7044-7a09-a54f-0fd6f29d0da9")
            UUID eventId,

            @Schema(description = "When it happened", example = "2026-11-25T02:00:02.884016Z")
            Instant time,

            @Schema(example = "2026-11-25T02:00:02.907551Z") Instant recordedAt,

            @Schema(example = "dev.holdfast.backup.failed.v1")
            String type,

            @Schema(
                    allowableValues = {"DEBUG", "INFO", "WARN", "ERROR"},
                    example = "ERROR")
            String level,

            @Schema(example = "01a1a0b0-3e76-752e-bca9-6513269e0d37") @Nullable
            UUID sourceId,

            @Schema(description = "The source's name at that time", example = "webshop") @Nullable
            String source,

            @Schema(example = "01a2106e-6589-7892-8606-95315d9dc9f8") @Nullable
            UUID backupId,

            @Schema(example = "1") @Nullable Integer attempt,

            @Schema(
                    example = "backup of webshop failed: STORAGE_PERMISSION_DENIED — /app/backups refuses the user"
                            + " that the worker runs as (uid 1001): it belongs to 0:0 with mode 0755")
            String message,

            @Schema(
                    description = "The event's data as docs/asyncapi.yaml has it, without secrets",
                    example = "{\"backupId\": \"01a2106e-6589-7892-8606-95315d9dc9f8\", \"sourceName\": \"webshop\","
                            + " \"attempt\": 1, \"willRetry\": false}")
            Map<String, Object> data) {}
}
