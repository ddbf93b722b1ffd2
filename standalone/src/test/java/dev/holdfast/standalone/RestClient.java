package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to Holdfast as a script would. */
final class RestClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base;
    private final String token;

    /** @param token of an administrator */
    RestClient(String base, String token) {
        this.base = base;
        this.token = token;
    }

    JsonNode get(String path) throws Exception {
        return send(request(path).build(), 200);
    }

    JsonNode post(String path, Object body, int expectedStatus) throws Exception {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build(),
                expectedStatus);
    }

    void delete(String path) throws Exception {
        send(request(path).DELETE().build(), 204);
    }

    /** Makes a source of a database and returns its id. */
    String source(String name, EmbeddedPostgres server, String database, String password) throws Exception {
        return source(name, server, database, password, List.of());
    }

    /** The same with media beside it. */
    String source(String name, EmbeddedPostgres server, String database, String password, List<Path> media)
            throws Exception {
        var source = Map.of(
                "mediaPaths",
                media.stream().map(Path::toString).toList(),
                "name",
                name,
                "host",
                "127.0.0.1",
                "port",
                server.port(),
                "database",
                database,
                "username",
                server.username(),
                "password",
                password);
        return post("/api/v1/sources", source, 201).path("id").asString();
    }

    /** Backs a source up, and returns the backup when it has ended. */
    JsonNode backUp(String source) throws Exception {
        return backUp(source, false);
    }

    JsonNode backUp(String source, boolean includeMedia) throws Exception {
        var id = post("/api/v1/backups", Map.of("source", source, "includeMedia", includeMedia), 202)
                .path("id")
                .asString();
        await().atMost(Duration.ofMinutes(3))
                .until(() ->
                        get("/api/v1/backups/" + id).path("status").asString().matches("completed|failed|cancelled"));
        return get("/api/v1/backups/" + id);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token);
    }

    private static JsonNode send(HttpRequest request, int expectedStatus) throws Exception {
        var answer = HTTP.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expectedStatus);
        return JSON.readTree(answer.body());
    }
}
