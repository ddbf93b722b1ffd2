package dev.holdfast.common.messaging;

import dev.holdfast.common.event.AlertRaised;
import dev.holdfast.common.event.AlertResolved;
import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupCancelRequested;
import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.common.event.BackupPart;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupProgressed;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.event.MigrationState;
import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SourceDeleted;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.event.StorageFailed;
import dev.holdfast.common.event.StorageRecovered;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import dev.holdfast.common.id.Uuids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events as they occur, for tests: of every type one with everything in it, and one with nothing that may be left out. */
public final class Events {
    public static final BackupId BACKUP = BackupId.of("01890a5d-ac96-774b-bcce-b302099a8057");
    public static final SourceId SOURCE = SourceId.of("01890a5d-ac96-774b-bcce-b302099a8001");

    private static final UUID ALERT = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8100");
    private static final Instant SINCE = Instant.parse("2026-11-23T12:00:00.123456Z");
    private static final SourceConnection CONNECTION =
            new SourceConnection("db.example.org", 5432, "a'b\"c d 🐘", "backup", SslMode.VERIFY_FULL);
    private static final SealedSecret SECRET = new SealedSecret("YWdlLWVuY3J5cHRpb24ub3JnL3YxCg==");

    private Events() {}

    public static List<HoldfastEvent> full() {
        return List.of(
                new BackupRequested(
                        BACKUP,
                        SOURCE,
                        "shop",
                        2,
                        "Before the release",
                        "asked for by Ada",
                        BackupType.FULL,
                        true,
                        List.of("/srv/shop/media"),
                        CONNECTION,
                        SECRET,
                        Map.of("version", "4.2", "apps", List.of("orders", "stock"))),
                new BackupCancelRequested(BACKUP, SOURCE, "shop", 2),
                new BackupStarted(BACKUP, SOURCE, "shop", 2, "worker-1", "17.12", "17.9"),
                new BackupProgressed(BACKUP, SOURCE, "shop", 2, BackupPhase.DUMP, 1_048_576, 3, 20),
                new BackupCompleted(
                        BACKUP,
                        SOURCE,
                        "shop",
                        2,
                        "/app/backups/shop/shop_backup_20261123_120000_01890a5d",
                        List.of(new Artifact("database.dump", 4096, "0123456789abcdef".repeat(4))),
                        4096,
                        Duration.ofMillis(12_345),
                        new BackupMetadata(
                                "17.9",
                                "17.12",
                                9_000_000_000L,
                                Map.of("pgcrypto", "1.3"),
                                Map.of(
                                        "django_migrations",
                                        new MigrationState("public.django_migrations", 42, 0, List.of("auth.0012"))),
                                Map.of("version", "4.2"))),
                failed(),
                new BackupCancelled(BACKUP, SOURCE, "shop", 2),
                new SourceDeleted(SOURCE, "shop"),
                new StorageFailed("worker-1", "/app/backups", SINCE, failure()),
                new StorageRecovered("worker-1", "/app/backups", SINCE, FailureCode.STORAGE_PERMISSION_DENIED),
                new AlertRaised(ALERT, FailureCode.STORAGE_PERMISSION_DENIED, "backups fail 🐘", SINCE),
                new AlertResolved(ALERT, FailureCode.STORAGE_PERMISSION_DENIED, "backups fail 🐘", SINCE, 500));
    }

    public static List<HoldfastEvent> minimal() {
        return List.of(
                new BackupRequested(
                        BACKUP,
                        SOURCE,
                        "shop",
                        1,
                        "Nightly",
                        null,
                        BackupType.DATABASE,
                        false,
                        List.of(),
                        CONNECTION,
                        SECRET,
                        Map.of()),
                new BackupCancelRequested(BACKUP, SOURCE, "shop", 1),
                new BackupStarted(BACKUP, SOURCE, "shop", 1, "worker-1", "15.18", "15.18"),
                new BackupProgressed(BACKUP, SOURCE, "shop", 1, BackupPhase.PREFLIGHT, 0, 0, 0),
                new BackupCompleted(
                        BACKUP,
                        SOURCE,
                        "shop",
                        1,
                        "/app/backups/shop/x",
                        List.of(),
                        0,
                        Duration.ZERO,
                        new BackupMetadata(null, null, 0, Map.of(), Map.of(), Map.of())),
                new BackupFailed(
                        BACKUP,
                        SOURCE,
                        "shop",
                        1,
                        new Failure(FailureCode.CANCELLED, "cancelled", "somebody asked", "", List.of(), false),
                        "",
                        false,
                        null),
                new BackupCancelled(BACKUP, SOURCE, "shop", 1),
                new SourceDeleted(SOURCE, ""),
                new StorageFailed("w", "/", SINCE, new Failure(FailureCode.UNEXPECTED, "", "", "", List.of(), false)),
                new StorageRecovered("w", "/", SINCE, FailureCode.UNEXPECTED),
                new AlertRaised(ALERT, FailureCode.UNEXPECTED, "", SINCE),
                new AlertResolved(ALERT, FailureCode.UNEXPECTED, "", SINCE, 0));
    }

    /** With attributes of its own. */
    public static EventEnvelope envelope(HoldfastEvent event) {
        return new EventEnvelope(Uuids.next(), "/holdfast/test", SINCE, 1_000_000, event);
    }

    static BackupProgressed progress(BackupId backup, long bytes) {
        return new BackupProgressed(backup, SOURCE, "shop", 1, BackupPhase.DUMP, bytes, 0, 0);
    }

    private static BackupFailed failed() {
        return new BackupFailed(
                BACKUP,
                SOURCE,
                "shop",
                2,
                failure(),
                "10:00:00 probing /app/backups\n10:00:00 failed",
                true,
                List.of(BackupPart.DATABASE, BackupPart.MEDIA));
    }

    private static Failure failure() {
        return Failure.of(
                FailureCode.STORAGE_PERMISSION_DENIED,
                "/app/backups refuses user 1001",
                "EACCES",
                Map.of("path", "/app/backups", "uid", "1001", "gid", "1001"));
    }
}
