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
    @Schema(name = "Channel")
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

            @Schema(description = "What is wrong with its settings") @Nullable
            String problem,

            @Schema(description = "What to set for one, in words")
            String settings,

            @Schema(description = "The last alert that it was given; null before the first") @Nullable
            LastDelivery lastDelivery) {}

    /** How an alert's message went. */
    @Schema(name = "LastDelivery")
    record LastDelivery(
            UUID alertId,

            @Schema(allowableValues = {"raised", "resolved"})
            String kind,

            @Schema(
                    description = "pending while it is tried again",
                    allowableValues = {"pending", "sent", "failed"})
            String status,

            int attempts,
            Instant createdAt,
            @Nullable Instant sentAt,
            @Nullable String lastError) {}
}
