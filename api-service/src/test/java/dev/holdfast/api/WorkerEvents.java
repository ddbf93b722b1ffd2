package dev.holdfast.api;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupProgressed;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.event.MigrationState;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a worker says of one backup. */
public record WorkerEvents(BackupId backup, SourceId source, String sourceName) {
    public static WorkerEvents of(String backup, String source) {
        return new WorkerEvents(BackupId.of(backup), SourceId.next(), source);
    }

    public BackupStarted started(int attempt) {
        return new BackupStarted(backup, source, sourceName, attempt, "worker-1", "17.12", "17.11");
    }

    public BackupProgressed progressed(int attempt, BackupPhase phase, long bytes) {
        return new BackupProgressed(backup, source, sourceName, attempt, phase, bytes, 1, 2);
    }

    public BackupFailed failed(int attempt, boolean willRetry) {
        var failure = Failure.of(
                FailureCode.STORAGE_PERMISSION_DENIED,
                "/app/backups refuses",
                "EACCES",
                Map.of("path", "/app/backups"));
        return new BackupFailed(backup, source, sourceName, attempt, failure, "log", willRetry, null);
    }

    public BackupCancelled cancelled(int attempt) {
        return new BackupCancelled(backup, source, sourceName, attempt);
    }

    public BackupCompleted completed(int attempt) {
        return new BackupCompleted(
                backup,
                source,
                sourceName,
                attempt,
                "/app/backups/shop/shop_backup_1",
                List.of(new Artifact("database.dump", 4096, "ab".repeat(32))),
                4096,
                Duration.ofSeconds(3),
                new BackupMetadata(
                        "17.11",
                        "17.12",
                        9000,
                        Map.of("plpgsql", "1.0"),
                        Map.of(
                                "django_migrations",
                                new MigrationState("public.django_migrations", 3, 0, List.of("shop.0003"))),
                        Map.of("version", "1.2.3")));
    }
}
