package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API as a script meets it. */
final class Rest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String base;
    private final Path environmentFile;

    /** @param environmentFile has the local token, once something was deployed */
    Rest(int port, Path environmentFile) {
        this.base = "http://127.0.0.1:" + port;
        this.environmentFile = environmentFile;
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token());
    }

    private String token() {
        var name = "HOLDFAST_API_LOCAL_TOKEN=";
        try (var lines = Files.lines(environmentFile)) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .orElseThrow()
                    .substring(name.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode get(String path) {
        return JSON.readTree(text(path));
    }

    String text(String path) {
        return send(to(path).build(), 200);
    }

    JsonNode post(String path, Object body, int expectedStatus) {
        var request = to(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        return JSON.readTree(send(request, expectedStatus));
    }

    /** Makes a source of the shop's database, unless there is one. */
    void haveSource(String name) {
        var source = Map.of(
                "name",
                name,
                "host",
                Shop.HOST,
                "port",
                5432,
                "database",
                "shop",
                "username",
                "postgres",
                "password",
                Shop.PASSWORD);
        if (get("/api/v1/sources").toString().contains("\"name\":\"" + name + "\"")) {
            return;
        }
        post("/api/v1/sources", source, 201);
    }

    /** Asks for a backup and returns its id. */
    String request(String source) {
        return post("/api/v1/backups", Map.of("source", source), 202).path("id").asString();
    }

    JsonNode backup(String id) {
        return get("/api/v1/backups/" + id);
    }

    /** Returns the backup when it has come to this status. */
    JsonNode await(String id, String status) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(backup(id).path("status").asString())
                        .as(() -> backup(id).toString())
                        .isEqualTo(status));
        return backup(id);
    }

    JsonNode backUp(String source) {
        return await(request(source), "completed");
    }

    private static String send(HttpRequest request, int expectedStatus) {
        try {
            var answer = HTTP.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as("%s: %s", request.uri(), answer.body())
                    .isEqualTo(expectedStatus);
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
