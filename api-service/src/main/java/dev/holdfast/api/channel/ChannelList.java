package dev.holdfast.api.channel;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every channel that there can be, set up or not. */
@Schema(name = "ChannelList")
record ChannelList(List<Channel> items) {

    /** One channel. */
    @Schema(name = "Channel", example = """
                    {"name": "slack", "kind": "slack", "configured": true, "target": "https://hooks.slack.com/…", "problem": null,
                     "settings": "HOLDFAST_ALERT_SLACK_WEBHOOKURL: an incoming webhook's address, from the app's page at Slack",
                     "lastDelivery": {"alertId": "01a2106e-70cd-70ed-ba38-36f681e74ef5", "kind": "raised", "status": "sent", "attempts": 1,
                      "createdAt": "2026-11-25T02:00:03.021407Z", "sentAt": "2026-11-25T02:00:03.866552Z", "lastError": null}}""")
    record Channel(
            @Schema(example = "slack") String name,

            @Schema(
                    description = "What kind it is",
                    example = "slack",
                    allowableValues = {"email", "slack"})
            String kind,

            @Schema(description = "Whether alerts go there") boolean configured,

            @Schema(description = "Where they go, without secrets", example = "https://hooks.slack.com/…") @Nullable
            String target,

            @Schema(
                    description = "What is wrong with its settings",
                    example = "HOLDFAST_ALERT_SLACK_WEBHOOKURL is no http or https address; copy it from the app's"
                            + " page at Slack")
            @Nullable
            String problem,

            @Schema(
                    description = "What to set for one, in words",
                    example = "HOLDFAST_ALERT_SLACK_WEBHOOKURL: an incoming webhook's address, from the app's page at"
                            + " Slack")
            String settings,

            @Schema(description = "The last alert that it was given; null before the first") @Nullable
            LastDelivery lastDelivery) {}

    /** How an alert's message went. */
    @Schema(name = "LastDelivery")
    record LastDelivery(
            @Schema(example = "01a2106e-70cd-70ed-ba38-36f681e74ef5")
            UUID alertId,

            @Schema(allowableValues = {"raised", "resolved"})
            String kind,

            @Schema(
                    description = "pending while it is tried again",
                    allowableValues = {"pending", "sent", "failed"})
            String status,

            @Schema(example = "1") int attempts,
            @Schema(example = "2026-11-25T02:00:03.021407Z") Instant createdAt,

            @Schema(example = "2026-11-25T02:00:03.866552Z") @Nullable
            Instant sentAt,

            @Schema(example = "Slack did not answer in time") @Nullable
            String lastError) {}
}
