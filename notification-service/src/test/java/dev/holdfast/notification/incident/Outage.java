package dev.holdfast.notification.incident;

import static dev.holdfast.common.event.BackupPart.DATABASE;
import static dev.holdfast.common.event.BackupPart.MEDIA;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.common.event.BackupPart;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.event.SourceDeleted;
import dev.holdfast.common.event.StorageFailed;
import dev.holdfast.common.event.StorageRecovered;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import dev.holdfast.common.id.Uuids;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events of things that go wrong and right again, for tests. */
public record Outage(Instant start) {
    public static final String ROOT = "/app/backups";

    /** One that began a moment ago. */
    public static Outage now() {
        return new Outage(Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(30));
    }

    public EventEnvelope at(int second, HoldfastEvent event) {
        return new EventEnvelope(
                Uuids.next(), "/holdfast/backup-worker", start.plusSeconds(second), 1_000_000L + second, event);
    }

    public EventEnvelope failed(int second, Source source, FailureCode code) {
        return failed(second, source, code, false);
    }

    public EventEnvelope failed(int second, Source source, FailureCode code, boolean willRetry) {
        return failed(second, source, code, willRetry, List.of(DATABASE));
    }

    /** Of a backup that was to be made of these parts. */
    EventEnvelope failed(int second, Source source, FailureCode code, BackupPart... parts) {
        return failed(second, source, code, false, List.of(parts));
    }

    private EventEnvelope failed(
            int second, Source source, FailureCode code, boolean willRetry, List<BackupPart> parts) {
        return at(
                second,
                new BackupFailed(
                        BackupId.next(), source.id(), source.name(), 1, failure(code), "the log", willRetry, parts));
    }

    public EventEnvelope completed(int second, Source source) {
        return completed(second, source, DATABASE);
    }

    /** A backup that is made of these parts. */
    EventEnvelope completed(int second, Source source, BackupPart... made) {
        var parts = List.of(made);
        var artifacts = new ArrayList<Artifact>();
        if (parts.contains(DATABASE)) {
            artifacts.add(new Artifact("database.dump", 1, "a".repeat(64)));
        }
        if (parts.contains(MEDIA)) {
            artifacts.add(new Artifact("media.tar.zst", 1, "b".repeat(64)));
        }
        var version = parts.contains(DATABASE) ? "17.12" : null;
        return at(
                second,
                new BackupCompleted(
                        BackupId.next(),
                        source.id(),
                        source.name(),
                        1,
                        ROOT + "/shop/shop_backup_1",
                        artifacts,
                        artifacts.size(),
                        Duration.ofSeconds(1),
                        new BackupMetadata(version, version, 1, Map.of(), Map.of(), Map.of())));
    }

    public EventEnvelope deleted(int second, Source source) {
        return at(second, new SourceDeleted(source.id(), source.name()));
    }

    public EventEnvelope storageFailed(int second, FailureCode code) {
        return at(second, new StorageFailed("worker-1", ROOT, start.plusSeconds(second), failure(code)));
    }

    public EventEnvelope storageRecovered(int second, FailureCode code) {
        return at(second, new StorageRecovered("worker-1", ROOT, start, code));
    }

    public static Failure failure(FailureCode code) {
        return Failure.of(
                code,
                "permission denied on " + ROOT,
                "open /app/backups/.part: EACCES",
                Map.of("path", ROOT, "uid", "1001", "gid", "1001"));
    }

    /** A source of these. */
    public record Source(SourceId id, String name) {
        public static Source named(String name) {
            return new Source(SourceId.next(), name);
        }
    }
}
