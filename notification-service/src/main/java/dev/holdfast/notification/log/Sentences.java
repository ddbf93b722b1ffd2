package dev.holdfast.notification.log;

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
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.event.SourceDeleted;
import dev.holdfast.common.event.StorageFailed;
import dev.holdfast.common.event.StorageRecovered;
import dev.holdfast.common.quantity.Quantities;
import dev.holdfast.notification.text.StorableText;
import java.util.Locale;

/** Says in one sentence what an event means. */
final class Sentences {
    private static final int LONGEST = 1000;

    private Sentences() {}

    static String of(HoldfastEvent event) {
        var sentence = switch (event) {
            case BackupRequested requested -> requested(requested);
            case BackupCancelRequested cancel -> "cancellation of the backup of " + source(cancel) + " requested";
            case BackupStarted started -> started(started);
            case BackupProgressed progressed -> progressed(progressed);
            case BackupCompleted completed ->
                "backup of %s completed: %s in %s"
                        .formatted(
                                source(completed),
                                Quantities.bytes(completed.sizeBytes()),
                                Quantities.duration(completed.duration()));
            case BackupFailed failed -> failed(failed);
            case BackupCancelled cancelled -> "backup of " + source(cancelled) + " cancelled";
            case SourceDeleted deleted ->
                "source " + StorableText.line(deleted.sourceName(), 200) + " deleted; its backups stay";
            case StorageFailed failed ->
                "no backup can be written to %s: %s — %s"
                        .formatted(
                                failed.root(),
                                failed.failure().code(),
                                failed.failure().summary());
            case StorageRecovered recovered ->
                "backups can be written to %s again, after %s".formatted(recovered.root(), recovered.code());
            case AlertRaised raised -> "alert raised: " + raised.title();
            case AlertResolved resolved ->
                "alert resolved after %d failed attempts: %s".formatted(resolved.failures(), resolved.title());
        };
        return StorableText.line(sentence, LONGEST);
    }

    private static String requested(BackupRequested event) {
        return "%s of %s requested: %s%s, \"%s\""
                .formatted(
                        attempted(event),
                        source(event),
                        event.type().name().toLowerCase(Locale.ROOT),
                        event.includeMedia() ? " with media" : "",
                        StorableText.line(event.name(), 200));
    }

    private static String started(BackupStarted event) {
        return "%s of %s started on %s: server %s, pg_dump %s"
                .formatted(attempted(event), source(event), event.worker(), event.serverVersion(), event.toolVersion());
    }

    private static String progressed(BackupProgressed event) {
        var tables =
                event.tablesTotal() == 0 ? "" : ", %d of %d tables".formatted(event.tablesDone(), event.tablesTotal());
        return "backup of %s is at %s: %s written%s"
                .formatted(
                        source(event),
                        event.phase().name().toLowerCase(Locale.ROOT),
                        Quantities.bytes(event.bytesWritten()),
                        tables);
    }

    private static String failed(BackupFailed event) {
        return "%s of %s failed%s: %s — %s"
                .formatted(
                        attempted(event),
                        source(event),
                        event.willRetry() ? " and will be tried again" : "",
                        event.failure().code(),
                        event.failure().summary());
    }

    private static String attempted(BackupEvent event) {
        return event.attempt() == 1 ? "backup" : "attempt " + event.attempt() + " of the backup";
    }

    private static String source(BackupEvent event) {
        return StorableText.line(event.sourceName(), 200);
    }
}
