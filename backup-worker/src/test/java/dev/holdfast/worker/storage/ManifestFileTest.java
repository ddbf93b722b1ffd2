package dev.holdfast.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.event.Artifact;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFileTest {
    @TempDir
    private Path directory;

    @Test
    void a_manifest_is_written_for_people_and_reads_back_the_same() throws Exception {
        var manifest = Fixtures.aManifest(Fixtures.ID, 2, new Artifact("database.dump", 42, "ab".repeat(32)));

        ManifestFile.write(directory, manifest);

        assertThat(ManifestFile.read(directory)).contains(manifest);
        assertThat(directory).isDirectoryNotContaining(file -> !file.endsWith("manifest.json"));
        assertThat(Files.readString(directory.resolve("manifest.json"))).isEqualTo("""
                {
                  "formatVersion" : 1,
                  "backupId" : "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
                  "sourceId" : "0190a1b2-0000-7000-8000-000000000001",
                  "sourceName" : "shop",
                  "name" : "Nightly",
                  "type" : "full",
                  "attempt" : 2,
                  "connection" : {
                    "host" : "db.example.org",
                    "port" : 5432,
                    "database" : "shop",
                    "username" : "backup",
                    "sslMode" : "prefer"
                  },
                  "requestedAt" : "2026-11-23T12:00:00Z",
                  "startedAt" : "2026-11-23T12:00:01Z",
                  "sealedAt" : "2026-11-23T12:01:00Z",
                  "artifacts" : [
                    {
                      "file" : "database.dump",
                      "sizeBytes" : 42,
                      "sha256" : "%s"
                    }
                  ],
                  "metadata" : {
                    "serverVersion" : "15.18",
                    "toolVersion" : "15.18",
                    "databaseSizeBytes" : 1234,
                    "extensions" : {
                      "hstore" : "1.8",
                      "plpgsql" : "1.0"
                    },
                    "migrations" : {
                      "django_migrations" : {
                        "table" : "public.django_migrations",
                        "applied" : 3,
                        "failed" : 0,
                        "heads" : [
                          "shop.0003"
                        ]
                      }
                    },
                    "app" : {
                      "version" : "1.2.3"
                    }
                  },
                  "encryption" : "none"
                }
                """.formatted("ab".repeat(32)));
    }

    @Test
    void what_is_no_manifest_of_ours_is_none() throws Exception {
        assertThat(ManifestFile.read(directory)).isEmpty();

        Files.writeString(directory.resolve("manifest.json"), "{\"formatVersion\": 1, \"backupId\": tr");
        assertThat(ManifestFile.read(directory)).isEmpty();

        Files.writeString(directory.resolve("manifest.json"), "{\"formatVersion\": 2}");
        assertThat(ManifestFile.read(directory)).isEmpty();
    }

    @Test
    void a_field_of_a_later_version_is_passed_over() throws Exception {
        ManifestFile.write(directory, Fixtures.aManifest(Fixtures.ID, 1));
        var file = directory.resolve("manifest.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{\"later\": {\"x\": 1},"));

        assertThat(ManifestFile.read(directory)).contains(Fixtures.aManifest(Fixtures.ID, 1));
    }
}
