package dev.holdfast.api.upstream;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.peer.PeerToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Another service of ours, which knows this one by the token. Its answers go through as they come: nothing is held whole, so a file may have any size. */
public final class Upstream implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final List<String> REQUEST_HEADERS =
            List.of("Range", "If-Range", "If-None-Match", "If-Match", "If-Modified-Since", "If-Unmodified-Since");
    private static final List<String> ANSWER_HEADERS = List.of(
            "Content-Type",
            "Content-Length",
            "Content-Range",
            "Accept-Ranges",
            "ETag",
            "Last-Modified",
            "Cache-Control",
            "Retry-After");
    private static final Set<Integer> PASSED_STATUSES = Set.of(200, 202, 204, 206, 304, 400);

    private final String name;
    private final String base;
    private final PeerToken token;
    // Follows no redirect: the token would go to somebody else.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    Upstream(String name, URI base, PeerToken token) {
        this.name = name;
        this.token = token;
        this.base = base.toString().replaceAll("/+$", "");
    }

    /**
     * Passes a GET or HEAD on, with what it says of ranges and versions, and the answer back.
     *
     * @param path what to ask for there, encoded, with its query
     * @param missing the problem that a 404 of the other service becomes
     * @throws ApiProblem when the service does not answer, or not as agreed
     */
    public void get(String path, HttpServletRequest request, HttpServletResponse response, ProblemCode missing)
            throws IOException {
        var passed = to(path, ANSWER_LIMIT).method(request.getMethod(), HttpRequest.BodyPublishers.noBody());
        for (var header : REQUEST_HEADERS) {
            request.getHeaders(header).asIterator().forEachRemaining(value -> passed.header(header, value));
        }
        relay(passed.build(), response, missing);
    }

    /**
     * Passes on what changes something and needs no body, and the answer back.
     *
     * @param path encoded
     * @param missing the problem that a 404 of the other service becomes
     * @throws ApiProblem when the service does not answer, or not as agreed
     */
    public void change(String path, HttpServletRequest request, HttpServletResponse response, ProblemCode missing)
            throws IOException {
        var passed = to(path, ANSWER_LIMIT).method(request.getMethod(), HttpRequest.BodyPublishers.noBody());
        relay(passed.build(), response, missing);
    }

    /**
     * Asks for something to be done, on this service's own behalf; it needs no body, and the answer's is not looked at.
     *
     * @param path encoded, with its query
     * @param limit how long the answer may take
     * @return whether the other service knows what is asked about
     * @throws ApiProblem when the service does not answer, or not as agreed
     */
    public boolean ask(String path, Duration limit) {
        var request = to(path, limit).POST(HttpRequest.BodyPublishers.noBody()).build();
        int status = send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200 && status != 404) {
            throw refusal(status);
        }
        return status == 200;
    }

    private HttpRequest.Builder to(String path, Duration limit) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(limit)
                .header("Authorization", token.authorization());
    }

    /**
     * Asks for something on this service's own behalf and reads the whole answer, which must be small.
     *
     * @param path encoded, with its query
     * @param json the body; null for none
     * @param limit how long the answer may take
     * @return any answer but one of a service that has failed and does not say why
     * @throws ApiProblem when the service does not answer, or has failed
     */
    public Reply exchange(String method, String path, @Nullable String json, Duration limit) {
        var request = to(path, limit)
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        var answer = send(request.build(), HttpResponse.BodyHandlers.ofString());
        int status = answer.statusCode();
        if (status == 401 || status >= 500 && !isProblem(answer)) {
            throw refusal(status);
        }
        return new Reply(status, answer.body());
    }

    /** What came back. */
    public record Reply(int status, String body) {

        /** Whether it is what was asked for. */
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    private void relay(HttpRequest request, HttpServletResponse response, ProblemCode missing) throws IOException {
        var answer = send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            refuseUnlessPassed(answer, response, missing);
            response.setStatus(answer.statusCode());
            for (var header : ANSWER_HEADERS) {
                answer.headers().firstValue(header).ifPresent(value -> response.setHeader(header, value));
            }
            response.flushBuffer();
            copy(body, response);
        }
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private ApiProblem unavailable(Exception cause) {
        return new ApiProblem(
                ProblemCode.UPSTREAM_UNAVAILABLE, "the " + name + " does not answer at " + base, List.of(), cause);
    }

    private void refuseUnlessPassed(HttpResponse<?> answer, HttpServletResponse response, ProblemCode missing) {
        int status = answer.statusCode();
        if (PASSED_STATUSES.contains(status) || (status == 409 || status == 503) && isProblem(answer)) {
            return;
        }
        switch (status) {
            case 404 -> throw new ApiProblem(missing, "the " + name + " has nothing of it");
            case 409 ->
                throw new ApiProblem(
                        ProblemCode.ARTIFACT_CHANGED, "the file's size or checksum is not the one that was recorded");
            case 412 ->
                throw new ApiProblem(
                        ProblemCode.PRECONDITION_FAILED, "the file has another ETag than those that If-Match lists");
            case 416 -> {
                answer.headers()
                        .firstValue("Content-Range")
                        .ifPresent(size -> response.setHeader("Content-Range", size));
                throw new ApiProblem(ProblemCode.RANGE_NOT_SATISFIABLE, "the Range header asks for what is not there");
            }
            default -> throw refusal(status);
        }
    }

    private ApiProblem refusal(int status) {
        return switch (status) {
            case 503 -> new ApiProblem(ProblemCode.UPSTREAM_UNAVAILABLE, "the " + name + " is not ready");
            case 401 ->
                new ApiProblem(
                        ProblemCode.UPSTREAM_FAILED,
                        "the " + name + " does not take the api-service's token; give all services the same one"
                                + " (HOLDFAST_INTERNAL_TOKEN) and start them again");
            default -> new ApiProblem(ProblemCode.UPSTREAM_FAILED, "the " + name + " answered with " + status);
        };
    }

    private static boolean isProblem(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/problem+json"))
                .isPresent();
    }

    /** Flushes what has come before it waits for more, since a log grows slowly while it is read. */
    private void copy(InputStream body, HttpServletResponse response) throws IOException {
        var output = response.getOutputStream();
        var buffer = new byte[64 * 1024];
        int read = read(body, buffer);
        while (read >= 0) {
            output.write(buffer, 0, read);
            if (body.available() == 0) {
                output.flush();
            }
            read = read(body, buffer);
        }
    }

    private int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new BrokenTransfer(name, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
