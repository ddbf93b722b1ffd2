package dev.holdfast.api.parked;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A page of messages that were set aside, as the notification-service answers with it. */
@Schema(name = "ParkedMessageList")
record ParkedMessageList(
        List<ParkedMessage> items,

        @Schema(
                description = "What to send as cursor for the following part; null at the end",
                example = "AaIQeRbGcfu8o6FwOSYwWQ")
        @Nullable
        String next) {

    /** One message: never its headers, nor its body as it is, which may hold what nobody is to read. */
    @Schema(name = "ParkedMessage")
    record ParkedMessage(
            @Schema(example = "01a21079-16c6-71fb-bca3-a17039263059")
            UUID id,

            @Schema(
                    description = "replayed once it was given back",
                    allowableValues = {"parked", "replayed"},
                    example = "replayed")
            String state,

            @Schema(description = "Whose consumer could not handle it", example = "holdfast.events.api")
            String queue,

            @Schema(example = "backup.failed.v1") String routingKey,

            @Schema(example = "attribute 'subject' is not what the data is about")
            String reason,

            @Schema(example = "01a2106e-7044-7a09-a54f-0fd6f29d0da9") @Nullable
            String eventId,

            @Schema(example = "dev.holdfast.backup.failed.v1") @Nullable
            String eventType,

            @Schema(example = "application/json") @Nullable String contentType,

            @Schema(description = "Of the body, in bytes", example = "412")
            long size,

            @Schema(
                    description = "The beginning of what it says, without secrets",
                    example = "{\"backupId\":\"01a2106e-6589-7892-8606-95315d9dc9f8\",\"logExcerpt\":…")
            String excerpt,

            @Schema(description = "How often it was set aside", example = "1")
            int times,

            @Schema(example = "2026-11-25T02:11:40.870224Z") Instant firstParkedAt,

            @Schema(example = "2026-11-25T02:11:40.870224Z") Instant parkedAt,

            @Schema(example = "2026-11-25T09:04:55.310872Z") @Nullable
            Instant replayedAt) {}
}
