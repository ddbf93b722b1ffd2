package dev.holdfast.standalone.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holdfast's REST interface, seen from a command. */
final class Api implements AutoCloseable {
    private static final Set<Integer> UNAVAILABLE = Set.of(502, 503, 504);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final JsonMapper json = new JsonMapper();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI base;
    private final @Nullable String token;
    private final String start;

    /**
     * @param token with which the caller is let in
     * @param start what to type to start it
     */
    Api(URI base, @Nullable String token, String start) {
        this.base = base;
        this.token = token;
        this.start = start;
    }

    URI address(String path) {
        return URI.create(base + path);
    }

    JsonNode get(String path) throws IOException {
        return body(send(request(path).GET().build()));
    }

    /** The answer, whatever its status; {@link #body} tells success from refusal. */
    HttpResponse<byte[]> post(String path, Object body, @Nullable String idempotencyKey) throws IOException {
        var request = request(path).header("Content-Type", "application/json").POST(bytes(body));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return send(request.build());
    }

    void delete(String path) throws IOException {
        body(send(request(path).DELETE().build()));
    }

    void put(String path, Object body) throws IOException {
        body(send(request(path)
                .header("Content-Type", "application/json")
                .PUT(bytes(body))
                .build()));
    }

    /** Live updates, until the caller closes them or the server ends. */
    InputStream follow(String path) throws IOException {
        var request = authorized(HttpRequest.newBuilder(address(path)))
                .header("Accept", "text/event-stream")
                .build();
        try {
            var answer = client.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                answer.body().close();
                throw new IOException("live updates were refused with status " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * The JSON of a successful answer.
     *
     * @throws CommandFailure with the server's own words when it is a refusal
     * @throws IOException when the server says that it can't answer at present
     */
    JsonNode body(HttpResponse<byte[]> answer) throws IOException {
        var text = new String(answer.body(), StandardCharsets.UTF_8);
        try {
            var body = json.readTree(text.isEmpty() ? "{}" : text);
            if (answer.statusCode() / 100 == 2) {
                return body;
            }
            var words = Refusal.inWords(answer.statusCode(), body, base);
            if (UNAVAILABLE.contains(answer.statusCode())) {
                throw new IOException(words);
            }
            throw CommandFailure.failed(words);
        } catch (JacksonException e) {
            throw CommandFailure.failed(
                    "%s does not answer like Holdfast (status %d)".formatted(base, answer.statusCode()));
        }
    }

    private HttpRequest.Builder request(String path) {
        return authorized(HttpRequest.newBuilder(address(path))).timeout(LIMIT).header("Accept", "application/json");
    }

    private HttpRequest.Builder authorized(HttpRequest.Builder request) {
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpRequest.BodyPublisher bytes(Object body) {
        return BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new ConnectException("Holdfast does not answer at " + base + "; is it running? (" + start + ")");
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", e);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
