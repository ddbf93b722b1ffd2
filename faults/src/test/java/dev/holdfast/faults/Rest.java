package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API as a script meets it. It remembers what it was promised, for {@link Invariants}. */
final class Rest {
    /** Of an administrator. */
    static final String TOKEN = "local-token-of-the-fault-tests-0123456789";

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Set<String> TERMINAL = Set.of("completed", "failed", "cancelled");

    private final String base;
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final Set<String> sources = ConcurrentHashMap.newKeySet();

    Rest(int port) {
        base = "http://127.0.0.1:" + port;
    }

    /** Makes a source of a database behind the network of {@link Sources}, unless there is one of that name. */
    void source(String name, String database, int port) {
        source(name, database, port, Sources.CANARY);
    }

    void source(String name, String database, int port, String password) {
        if (!sources.add(name)) {
            return;
        }
        post(
                "/api/v1/sources",
                Map.of(
                        "name", name,
                        "host", "127.0.0.1",
                        "port", port,
                        "database", database,
                        "username", Sources.OWNER,
                        "password", password,
                        "sslMode", "disable"),
                201);
    }

    /** Asks for a backup, which must be accepted, and returns its id. */
    String request(String source) {
        var id = post("/api/v1/backups", Map.of("source", source), 202)
                .path("id")
                .asString();
        accepted.add(id);
        return id;
    }

    /** Asks for a backup as somebody who takes no for an answer; the id is remembered where it was accepted. */
    HttpResponse<String> tryRequest(String source) throws IOException {
        var answer = send(authorized("/api/v1/backups")
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(Map.of("source", source)))));
        if (answer.statusCode() == 202) {
            accepted.add(JSON.readTree(answer.body()).path("id").asString());
        }
        return answer;
    }

    /** The ids of all backups that were ever accepted. */
    List<String> accepted() {
        return List.copyOf(accepted);
    }

    JsonNode backup(String id) {
        return get("/api/v1/backups/" + id);
    }

    String status(String id) {
        return backup(id).path("status").asString();
    }

    /** Returns the backup when it has come to this status. */
    JsonNode await(String id, String status) {
        return await(id, status, PATIENCE);
    }

    JsonNode await(String id, String status, Duration limit) {
        Awaitility.await()
                .atMost(limit)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(java.io.UncheckedIOException.class)
                .untilAsserted(() ->
                        assertThat(status(id)).as(() -> backup(id).toString()).isEqualTo(status));
        return backup(id);
    }

    /** Returns the backup when it has ended for good, however. */
    JsonNode awaitEnd(String id, Duration limit) {
        Awaitility.await()
                .atMost(limit)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(java.io.UncheckedIOException.class)
                .untilAsserted(() ->
                        assertThat(status(id)).as(() -> backup(id).toString()).isIn(TERMINAL));
        return backup(id);
    }

    JsonNode backUp(String source) {
        return await(request(source), "completed");
    }

    /** What the notification-service has of a backup at INFO and above, oldest first. */
    List<JsonNode> log(String id) {
        var entries = new ArrayList<JsonNode>();
        get("/api/v1/log?limit=200&backup=" + id).path("items").forEach(entries::add);
        return entries.reversed();
    }

    /** The newest alerts, open or over. */
    List<JsonNode> alerts() {
        var alerts = new ArrayList<JsonNode>();
        get("/api/v1/alerts?limit=200").path("items").forEach(alerts::add);
        return alerts;
    }

    JsonNode get(String path) {
        return JSON.readTree(text(path));
    }

    String text(String path) {
        var answer = checked(authorized(path).timeout(Duration.ofSeconds(30)));
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    JsonNode post(String path, Object body, int expectedStatus) {
        var answer = checked(authorized(path)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(expectedStatus);
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder authorized(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + TOKEN);
    }

    private static HttpResponse<String> checked(HttpRequest.Builder request) {
        try {
            return send(request);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
