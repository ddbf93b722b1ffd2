package dev.holdfast.worker.storage;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.event.MigrationState;
import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

final class Fixtures {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final BackupId ID = BackupId.of("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");

    private Fixtures() {}

    static LocalBackupStore aStore(Path root) {
        return Stores.at(root, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    static Manifest aManifest(BackupId id, int attempt, Artifact... artifacts) {
        return new Manifest(
                1,
                id,
                SourceId.of("0190a1b2-0000-7000-8000-000000000001"),
                "shop",
                "Nightly",
                null,
                BackupType.FULL,
                attempt,
                new SourceConnection("db.example.org", 5432, "shop", "backup", SslMode.PREFER),
                NOON,
                NOON.plusSeconds(1),
                NOON.plusSeconds(60),
                List.of(artifacts),
                new BackupMetadata(
                        "15.18",
                        "15.18",
                        1234,
                        Map.of("plpgsql", "1.0", "hstore", "1.8"),
                        Map.of(
                                "django_migrations",
                                new MigrationState("public.django_migrations", 3, 0, List.of("shop.0003"))),
                        Map.of("version", "1.2.3")),
                "none");
    }

    /** A file in staging, as a dump would leave it. */
    static Artifact aFile(Staging staging, String name, String content) throws IOException {
        var file = staging.directory().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return new Artifact(name, Files.size(file), "0".repeat(64));
    }
}
