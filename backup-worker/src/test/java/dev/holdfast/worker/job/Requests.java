package dev.holdfast.worker.job;

import dev.holdfast.common.event.BackupCancelRequested;
import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import dev.holdfast.common.id.Uuids;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Requests as the api-service sends them. */
public final class Requests {
    public static final SourceId SOURCE = SourceId.next();

    private Requests() {}

    public static BackupRequested aRequest(BackupId id, int attempt) {
        return aRequest(id, attempt, BackupType.FULL, List.of());
    }

    public static BackupRequested aRequest(BackupId id, int attempt, BackupType type, List<String> mediaPaths) {
        return new BackupRequested(
                id,
                SOURCE,
                "shop",
                attempt,
                "Test Backup",
                null,
                type,
                !mediaPaths.isEmpty(),
                mediaPaths,
                new SourceConnection("db.example", 5432, "shop", "app", SslMode.PREFER),
                new SealedSecret("c2VhbGVk"),
                Map.of("version", "1.2.3"));
    }

    /** Of any source, on any server. */
    public static BackupRequested aRequestOf(SourceId source, String host, BackupType type) {
        return aRequestOf(source, "shop", host, type);
    }

    /** Of a source that has this name. */
    public static BackupRequested aRequestOf(SourceId source, String name, String host, BackupType type) {
        var request = aRequest(BackupId.next(), 1);
        return new BackupRequested(
                request.backupId(),
                source,
                name,
                1,
                request.name(),
                null,
                type,
                false,
                List.of(),
                new SourceConnection(host, 5432, "shop", "app", SslMode.PREFER),
                request.sealedPassword(),
                Map.of());
    }

    public static BackupCancelRequested aCancel(BackupId id, int attempt) {
        return new BackupCancelRequested(id, SOURCE, "shop", attempt);
    }

    public static EventEnvelope envelope(BackupEvent data, long sequence) {
        return new EventEnvelope(Uuids.next(), "/holdfast/api-service", Instant.now(), sequence, data);
    }
}
