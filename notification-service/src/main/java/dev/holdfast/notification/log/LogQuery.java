package dev.holdfast.notification.log;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to see of the log; everything given must hold.
 *
 * @param type of the event, by its name on the wire
 * @param words LIKE patterns from {@link SearchWords}, all of which must match
 * @param from the earliest time that is shown
 * @param to the first time that is no longer shown
 * @param after where the page before ended
 */
record LogQuery(
        @Nullable UUID sourceId,
        @Nullable String sourceName,
        @Nullable UUID backupId,
        LogLevel level,
        @Nullable String type,
        List<String> words,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable LogCursor after,
        int limit) {}
