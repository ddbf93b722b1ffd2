package dev.holdfast.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST side of the product, to bring about what a page is to show. */
final class Rest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base;

    Rest(String base) {
        this.base = base;
    }

    JsonNode get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).build(), 200);
    }

    JsonNode post(String path, Object body, int expectedStatus) {
        return send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build(),
                expectedStatus);
    }

    /** Makes a source of a database and returns its id. */
    String source(String name, EmbeddedPostgres server, String database, String password) {
        return source(name, server, database, password, List.of());
    }

    String source(String name, EmbeddedPostgres server, String database, String password, List<String> media) {
        var source = new HashMap<String, Object>();
        source.putAll(Map.of("name", name, "host", "127.0.0.1", "port", server.port(), "database", database));
        source.putAll(Map.of("username", server.username(), "password", password, "mediaPaths", media));
        return post("/api/v1/sources", source, 201).path("id").asString();
    }

    /** Requests a backup and returns its id. */
    String request(Map<String, Object> wanted) {
        return post("/api/v1/backups", wanted, 202).path("id").asString();
    }

    /** Waits for a backup to end, and returns it. */
    JsonNode ended(String id) {
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        get("/api/v1/backups/" + id).path("status").asString().matches("completed|failed|cancelled"));
        return get("/api/v1/backups/" + id);
    }

    private static JsonNode send(HttpRequest request, int expectedStatus) {
        try {
            var answer = HTTP.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expectedStatus);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
