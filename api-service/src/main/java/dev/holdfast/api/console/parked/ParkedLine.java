package dev.holdfast.api.console.parked;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message that nobody could handle, as the page shows it.
 *
 * @param state parked or replayed
 * @param times how often it was set aside
 */
public record ParkedLine(
        UUID id,
        String state,
        String queue,
        String reason,
        @Nullable String eventType,
        long size,
        String excerpt,
        int times,
        Instant parkedAt,
        @Nullable Instant replayedAt) {

    public boolean isParked() {
        return state.equals("parked");
    }
}
