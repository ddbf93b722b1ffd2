package dev.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.StorageEvent;
import dev.holdfast.common.event.StorageFailed;
import dev.holdfast.common.event.StorageRecovered;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.storage.Tmpfs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole worker on a volume that refuses: it starts, answers, fails backups fast, and notices the repair by itself. */
class StorageOutageIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void a_worker_with_a_broken_volume_starts_tells_it_everywhere_and_recovers() throws Exception {
        try (var world = new WorkerWorld(directory);
                var tmpfs = Tmpfs.mount(world.volume, "size=8m")) {
            tmpfs.remount("ro");
            try (var worker = world.start()) {
                await().atMost(LONG).until(() -> storageEvents(world).size() == 1);
                assertThat(get(worker, "/actuator/health/readiness").statusCode())
                        .isEqualTo(503);
                assertThat(get(worker, "/actuator/prometheus").body()).contains("holdfast_storage_up 0.0");
                assertThat(get(worker, "/internal/v1/doctor").body())
                        .contains("\"status\":\"fail\"", "\"name\":\"volume-ownership\"", "Read-only file system");

                var failed = aFailedBackup(world);
                assertThat(failed.failure().code()).isEqualTo(FailureCode.STORAGE_READ_ONLY);
                assertThat(failed.logExcerpt())
                        .containsSubsequence(
                                "ERROR error: could not create \"" + world.volume,
                                "Read-only file system",
                                "ERROR STORAGE_READ_ONLY: ");

                tmpfs.remount("rw");
                await().atMost(LONG).until(() -> storageEvents(world).size() == 2);
                await().atMost(LONG)
                        .until(() -> get(worker, "/actuator/health/readiness").statusCode() == 200);
                assertThat(get(worker, "/actuator/prometheus").body()).contains("holdfast_storage_up 1.0");
            }
            assertThat(storageEvents(world).getFirst()).isInstanceOf(StorageFailed.class);
            assertThat(storageEvents(world).getLast())
                    .isInstanceOfSatisfying(
                            StorageRecovered.class,
                            event -> assertThat(event.root()).isEqualTo(world.volume.toString()));
        }
    }

    private static BackupFailed aFailedBackup(WorkerWorld world) throws Exception {
        world.createSource("refused");
        var request = world.request("refused", 1);
        world.publish(request);
        await().atMost(LONG)
                .until(() ->
                        !world.heard(request.backupId(), BackupFailed.class).isEmpty());
        return world.heard(request.backupId(), BackupFailed.class).getFirst();
    }

    private static List<StorageEvent> storageEvents(WorkerWorld world) {
        return world.heard.stream()
                .map(envelope -> envelope.data())
                .filter(StorageEvent.class::isInstance)
                .map(StorageEvent.class::cast)
                .toList();
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext worker, String path) throws Exception {
        var port = worker.getEnvironment().getProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + WorkerWorld.TOKEN)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
