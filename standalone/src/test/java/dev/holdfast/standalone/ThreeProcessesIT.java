package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/** The three services as three processes, set up by environment variables alone, as the README describes it. */
@Testcontainers
@EnabledIfEnvironmentVariable(named = "HOLDFAST_CONTAINER_TESTS", matches = "true")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ThreeProcessesIT {
    private static final int POSTGRES_PORT = 5432;
    private static final String TOKEN = "the-local-token-of-the-three-processes";

    @Container
    private static final RabbitMQContainer BROKER = new RabbitMQContainer("rabbitmq:4-management");

    @Container
    private static final GenericContainer<?> DATABASE = new GenericContainer<>("postgres:17")
            .withEnv("POSTGRES_PASSWORD", "a password")
            .withEnv("POSTGRES_DB", "holdfast")
            .withExposedPorts(POSTGRES_PORT)
            .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*", 2));

    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(Process::destroy);
        await().atMost(Duration.ofMinutes(1)).until(() -> processes.stream().noneMatch(Process::isAlive));
    }

    @Test
    void a_backup_goes_through_a_real_broker_and_a_real_database() throws Exception {
        int api = FreePort.find();
        int worker = FreePort.find();
        int notification = FreePort.find();
        var key = directory.resolve("keys").resolve("worker.age");
        start("notification-service", notification, Map.of());
        start(
                "backup-worker",
                worker,
                Map.of(
                        "HOLDFAST_STORAGE_ROOT", directory.resolve("backups").toString(),
                        "HOLDFAST_SEAL_IDENTITYFILE", key.toString()));
        start(
                "api-service",
                api,
                Map.of(
                        "HOLDFAST_ACCESS_LOCALTOKEN", TOKEN,
                        "HOLDFAST_SEAL_RECIPIENTFILE", key + ".pub",
                        "HOLDFAST_WORKER_URL", "http://127.0.0.1:" + worker,
                        "HOLDFAST_NOTIFICATION_URL", "http://127.0.0.1:" + notification));
        for (int port : List.of(notification, worker, api)) {
            await().atMost(Duration.ofMinutes(3)).until(() -> isReady(port));
        }

        try (var shop = new Shop()) {
            var rest = new RestClient("http://127.0.0.1:" + api, TOKEN);
            var source = rest.source(
                    "shop", shop.server(), Shop.DATABASE, shop.server().password());

            var backup = rest.backUp(source);

            assertThat(backup.path("status").asString()).as(backup.toString()).isEqualTo("completed");
            shop.assertRestores(Path.of(backup.path("path").asString()).resolve("database.dump"));
            var id = backup.path("id").asString();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    rest.get("/api/v1/log?backup=" + id).toString())
                            .contains("backup.requested.v1", "backup.completed.v1"));
        }
    }

    private void start(String module, int port, Map<String, String> settings) throws IOException {
        var environment = new HashMap<>(settings);
        environment.put("HOLDFAST_INTERNAL_TOKENFILE", token().toString());
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://%s:%d/holdfast?currentSchema=%s"
                        .formatted(
                                DATABASE.getHost(),
                                DATABASE.getMappedPort(POSTGRES_PORT),
                                module.replaceAll("-service|backup-", "")));
        environment.put("SPRING_DATASOURCE_USERNAME", "postgres");
        environment.put("SPRING_DATASOURCE_PASSWORD", "a password");
        environment.put("SPRING_RABBITMQ_HOST", BROKER.getHost());
        environment.put("SPRING_RABBITMQ_PORT", Integer.toString(BROKER.getAmqpPort()));
        environment.put("SPRING_RABBITMQ_USERNAME", BROKER.getAdminUsername());
        environment.put("SPRING_RABBITMQ_PASSWORD", BROKER.getAdminPassword());
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar(module).toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(module + ".log").toFile());
        process.environment().keySet().retainAll(List.of("HOME", "PATH"));
        process.environment().putAll(environment);
        processes.add(process.start());
    }

    private Path token() throws IOException {
        return Files.writeString(directory.resolve("token"), "a-token-between-the-services-for-tests\n");
    }

    private static Path jar(String module) throws IOException {
        try (var jars = Files.newDirectoryStream(
                Path.of("..", module, "target").toAbsolutePath().normalize(), "*-exec.jar")) {
            return jars.iterator().next();
        }
    }

    private static boolean isReady(int port) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
