package dev.holdfast.notification.log;

import dev.holdfast.common.event.AlertEvent;
import dev.holdfast.common.event.AlertRaised;
import dev.holdfast.common.event.AlertResolved;
import dev.holdfast.common.event.BackupCancelRequested;
import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupProgressed;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.event.SourceDeleted;
import dev.holdfast.common.event.StorageEvent;
import dev.holdfast.common.event.StorageFailed;
import dev.holdfast.common.event.StorageRecovered;
import dev.holdfast.common.id.SourceId;
import dev.holdfast.notification.text.StorableText;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes entries of the log from events that this version knows. */
final class EventEntries {
    /** Far below what a B-tree index can hold of one value. */
    private static final int LONGEST_NAME = 500;

    private static final int LONGEST_SEARCH_TEXT = 200_000;

    private EventEntries() {}

    static LogEntry of(EventEnvelope envelope, EventData data) {
        var event = envelope.data();
        var backup = event instanceof BackupEvent about ? about : null;
        var source = source(event);
        var message = Sentences.of(event);
        return new LogEntry(
                envelope.id(),
                envelope.time(),
                envelope.type().wireName(),
                level(event),
                source == null ? null : source.id().value(),
                source == null ? null : name(source.name()),
                backup == null ? null : backup.backupId().value(),
                backup == null ? null : backup.attempt(),
                message,
                data.json(),
                searchText(message, envelope.type().wireName(), data));
    }

    /** A source's name as the log keeps it. */
    static String name(String name) {
        return StorableText.of(name, LONGEST_NAME);
    }

    static String searchText(String message, String type, EventData data) {
        var text = Stream.concat(Stream.of(message, type), data.texts().stream())
                .distinct()
                .collect(Collectors.joining("\n"));
        var bounded = text.substring(0, Math.min(text.length(), LONGEST_SEARCH_TEXT));
        // Cutting or folding may leave half a surrogate pair.
        return StorableText.of(SearchWords.fold(bounded));
    }

    private static @Nullable NamedSource source(HoldfastEvent event) {
        return switch (event) {
            case BackupEvent about -> new NamedSource(about.sourceId(), about.sourceName());
            case SourceDeleted deleted -> new NamedSource(deleted.sourceId(), deleted.sourceName());
            case StorageEvent about -> null;
            case AlertEvent about -> null;
        };
    }

    private record NamedSource(SourceId id, String name) {}

    private static LogLevel level(HoldfastEvent event) {
        return switch (event) {
            case BackupProgressed progressed -> LogLevel.DEBUG;
            case BackupFailed failed -> failed.willRetry() ? LogLevel.WARN : LogLevel.ERROR;
            case BackupRequested requested -> LogLevel.INFO;
            case BackupCancelRequested requested -> LogLevel.INFO;
            case BackupStarted started -> LogLevel.INFO;
            case BackupCompleted completed -> LogLevel.INFO;
            case BackupCancelled cancelled -> LogLevel.INFO;
            case SourceDeleted deleted -> LogLevel.INFO;
            case StorageFailed failed -> LogLevel.ERROR;
            case StorageRecovered recovered -> LogLevel.INFO;
            case AlertRaised raised -> LogLevel.WARN;
            case AlertResolved resolved -> LogLevel.INFO;
        };
    }
}
