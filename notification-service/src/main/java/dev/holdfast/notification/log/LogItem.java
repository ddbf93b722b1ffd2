package dev.holdfast.notification.log;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the log as REST clients see it.
 *
 * @param id its number in the log, in the order of recording
 * @param time when the event happened
 * @param source the source's name at that time
 * @param data the event's data, secrets left out
 */
record LogItem(
        long id,
        UUID eventId,
        Instant time,
        Instant recordedAt,
        String type,
        LogLevel level,
        @Nullable UUID sourceId,
        @Nullable String source,
        @Nullable UUID backupId,
        @Nullable Integer attempt,
        String message,
        @JsonRawValue String data) {}
