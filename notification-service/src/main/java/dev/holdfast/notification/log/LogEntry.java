package dev.holdfast.notification.log;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as the log keeps it: every text in it can be stored, and none of it is secret.
 *
 * @param eventId what makes a second delivery recognisable
 * @param message one sentence for people
 * @param data the event's data as JSON
 * @param searchText everything that a search for words looks at, folded by {@link SearchWords}
 */
record LogEntry(
        UUID eventId,
        Instant occurredAt,
        String type,
        LogLevel level,
        @Nullable UUID sourceId,
        @Nullable String sourceName,
        @Nullable UUID backupId,
        @Nullable Integer attempt,
        String message,
        String data,
        String searchText) {}
