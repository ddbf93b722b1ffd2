package dev.holdfast.notification.log;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupCancelRequested;
import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.common.event.BackupPart;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupProgressed;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import dev.holdfast.common.id.Uuids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events of one backup of one source, for tests. */
record Events(BackupId backup, SourceId source, String sourceName) {
    static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    static final String SEALED = "YWdlLWVuY3J5cHRpb24ub3JnL3YxCnNlYWxlZA==";

    static Events of(String sourceName) {
        return new Events(BackupId.next(), SourceId.next(), sourceName);
    }

    /** An event with its attributes, so many seconds after noon. */
    static EventEnvelope at(int second, BackupEvent event) {
        return new EventEnvelope(
                Uuids.next(), "/holdfast/backup-worker", NOON.plusSeconds(second), 1_000_000L + second, event);
    }

    BackupRequested requested() {
        return requested(1, "nightly");
    }

    BackupRequested requested(int attempt, String name) {
        return new BackupRequested(
                backup,
                source,
                sourceName,
                attempt,
                name,
                null,
                BackupType.FULL,
                true,
                List.of("/srv/media"),
                new SourceConnection("db.example.org", 5432, "shop", "holdfast", SslMode.PREFER),
                new SealedSecret(SEALED),
                Map.of("version", "1.2.3"));
    }

    BackupCancelRequested cancelRequested() {
        return new BackupCancelRequested(backup, source, sourceName, 1);
    }

    BackupStarted started() {
        return new BackupStarted(backup, source, sourceName, 1, "worker-1", "17.12", "17.10");
    }

    BackupProgressed progressed(long bytes, int done, int total) {
        return new BackupProgressed(backup, source, sourceName, 1, BackupPhase.DUMP, bytes, done, total);
    }

    BackupCompleted completed() {
        return new BackupCompleted(
                backup,
                source,
                sourceName,
                1,
                "/app/backups/shop/shop_backup_20260102_120000_abc",
                List.of(new Artifact("database.dump", 12_345_678, "a".repeat(64))),
                12_345_678,
                Duration.ofMillis(4_230),
                new BackupMetadata("17.10", "17.12", 99_000_000, Map.of("passwordcheck", "1.0"), Map.of(), Map.of()));
    }

    BackupFailed failed(boolean willRetry) {
        return new BackupFailed(
                backup,
                source,
                sourceName,
                1,
                Failure.of(
                        FailureCode.STORAGE_PERMISSION_DENIED,
                        "the worker (UID 1001) may not write to /app/backups",
                        "open /app/backups/.part: EACCES",
                        Map.of("path", "/app/backups", "uid", "1001", "gid", "1001")),
                "12:00:01 preflight\n12:00:02 probe refused: zanzibar\n",
                willRetry,
                List.of(BackupPart.DATABASE));
    }

    BackupCancelled cancelled() {
        return new BackupCancelled(backup, source, sourceName, 1);
    }
}
