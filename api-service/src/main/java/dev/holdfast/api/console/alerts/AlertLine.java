package dev.holdfast.api.console.alerts;

import dev.holdfast.common.failure.Remedy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One incident with what people were told of it, as the page shows it.
 *
 * @param state open or resolved
 * @param backups the first of those that it hit
 */
public record AlertLine(
        UUID id,
        String state,
        String code,
        boolean permission,
        String title,
        String summary,
        String cause,
        List<Remedy> remedies,
        Instant since,
        Instant lastFailureAt,
        @Nullable Instant resolvedAt,
        int failures,
        List<UUID> backups,
        List<String> sources,
        @Nullable GoodBackup lastGoodBackup,
        List<Sent> deliveries) {

    public boolean isOpen() {
        return state.equals("open");
    }

    /** Whether a message of it is still on its way; no event tells when it has arrived. */
    boolean isBeingTold() {
        return deliveries.stream().anyMatch(sent -> sent.status().equals("pending"));
    }

    /** What there is to go back to. */
    public record GoodBackup(UUID id, String source, Instant at) {}

    /**
     * One message of it over one channel.
     *
     * @param kind raised or resolved
     * @param status pending, sent or failed
     */
    public record Sent(
            String channel,
            String kind,
            String status,
            int attempts,
            @Nullable Instant sentAt,
            @Nullable String lastError) {}
}
