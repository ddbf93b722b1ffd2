package dev.holdfast.api.console.channels;

import dev.holdfast.common.failure.Remedy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way of telling people, as the page shows it.
 *
 * @param target where messages go, without secrets
 * @param problem what is wrong with its settings
 * @param settings what to set for one
 */
public record ChannelLine(
        String name,
        String kind,
        boolean configured,
        @Nullable String target,
        @Nullable String problem,
        String settings,
        @Nullable LastDelivery lastDelivery) {

    /** How the last alert went. */
    public record LastDelivery(
            String kind,
            String status,
            int attempts,
            Instant createdAt,
            @Nullable Instant sentAt,
            @Nullable String lastError) {}

    /** All of them. */
    record All(List<ChannelLine> items) {}

    /** What came of a test. */
    public record Tested(
            String channel,
            String target,
            boolean delivered,
            long tookMillis,
            @Nullable Failure failure) {}

    /** Why a test message did not arrive. */
    public record Failure(String code, String summary, String cause, List<Remedy> remedies) {}
}
