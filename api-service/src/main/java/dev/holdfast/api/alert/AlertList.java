package dev.holdfast.api.alert;

import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.failure.Remedy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A page of alerts, as the notification-service answers with it. */
@Schema(name = "AlertList")
record AlertList(
        List<Alert> items,

        @Schema(
                description = "What to send as cursor for the following part; null at the end",
                example = "AaIQbnDNcO26ODb2gedO9Q")
        @Nullable
        String next) {

    /** One incident with what people were told of it. */
    @Schema(name = "Alert")
    record Alert(
            @Schema(example = "01a2106e-70cd-70ed-ba38-36f681e74ef5")
            UUID id,

            @Schema(
                    allowableValues = {"open", "resolved"},
                    example = "resolved")
            String state,

            @Schema(example = "STORAGE_PERMISSION_DENIED") FailureCode code,

            @Schema(description = "Whether a permission is missing", example = "true")
            boolean permission,

            @Schema(
                    example = "backup of \"webshop\": /app/backups refuses the user that the worker runs as (uid"
                            + " 1001): it belongs to 0:0 with mode 0755")
            String title,

            @Schema(
                    example = "/app/backups refuses the user that the worker runs as (uid 1001): it belongs to 0:0"
                            + " with mode 0755")
            String summary,

            @Schema(
                    example = "The backup directory refuses the user that the worker runs as. A volume that was"
                            + " created owned by root is the usual reason.")
            String cause,

            List<Remedy> remedies,

            @Schema(example = "2026-11-25T02:00:02.884016Z") Instant since,

            @Schema(example = "2026-11-25T02:10:02.513390Z") Instant lastFailureAt,

            @Schema(description = "null while it is open", example = "2026-11-25T08:31:17.902771Z") @Nullable
            Instant resolvedAt,

            @Schema(description = "How many attempts it has failed", example = "2")
            int failures,

            @Schema(
                    description = "The first of the backups that it hit",
                    example = "[\"01a2106e-6589-7892-8606-95315d9dc9f8\"]")
            List<UUID> backups,

            @Schema(description = "The names of the sources that it hit", example = "[\"webshop\"]")
            List<String> sources,

            @Schema(description = "The newest completed backup of the first of them; null where there is none")
            @Nullable
            GoodBackup lastGoodBackup,

            @Schema(description = "One for each message over each channel")
            List<Delivery> deliveries) {}

    /** What there is to go back to. */
    @Schema(name = "GoodBackup")
    record GoodBackup(
            @Schema(example = "01a20b48-0a9c-7a6a-8317-d23f128b2f33")
            UUID id,

            @Schema(example = "webshop") String source,
            @Schema(example = "2026-11-24T02:03:12.450913Z") Instant at,

            @Schema(example = "/app/backups/webshop/webshop_backup_20261124_020000_01a20b48")
            String path) {}

    /** One message of an alert over one channel. */
    @Schema(name = "AlertDelivery", example = """
                    {"channel": "email", "kind": "raised", "status": "sent", "attempts": 1, "sentAt": "2026-11-25T02:00:03.866552Z",
                     "lastError": null}""")
    record Delivery(
            @Schema(example = "email") String channel,

            @Schema(allowableValues = {"raised", "resolved"})
            String kind,

            @Schema(
                    description = "pending while it is tried again",
                    allowableValues = {"pending", "sent", "failed"},
                    example = "sent")
            String status,

            @Schema(example = "1") int attempts,

            @Schema(example = "2026-11-25T02:00:03.866552Z") @Nullable
            Instant sentAt,

            @Schema(description = "null unless it was refused", example = "Slack did not answer in time") @Nullable
            String lastError) {}
}
