package dev.holdfast.notification.alert;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One channel as REST clients see it.
 *
 * @param kind email or slack
 * @param configured whether alerts go there
 * @param target where they go, without secrets; null where it is not configured
 * @param problem what is wrong with its settings; null where nothing is
 * @param settings what to set for one
 * @param lastDelivery the last message that was tried; null before the first
 */
record ChannelItem(
        String name,
        String kind,
        boolean configured,
        @Nullable String target,
        @Nullable String problem,
        String settings,
        @Nullable LastDelivery lastDelivery) {

    /**
     * How an alert's message went.
     *
     * @param alertId which alert
     * @param kind raised or resolved
     * @param status sent, failed, or pending while it is tried again
     * @param createdAt when it was to be told
     */
    record LastDelivery(
            UUID alertId,
            String kind,
            String status,
            int attempts,
            Instant createdAt,
            @Nullable Instant sentAt,
            @Nullable String lastError) {}

    static ChannelItem of(Channels.Possible possible, @Nullable LastDelivery last) {
        var channel = possible.channel();
        return new ChannelItem(
                possible.name(),
                possible.name(),
                channel != null,
                channel == null ? null : channel.target(),
                possible.problem(),
                possible.settings(),
                last);
    }
}
