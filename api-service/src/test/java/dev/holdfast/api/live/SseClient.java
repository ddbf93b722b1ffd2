package dev.holdfast.api.live;

import dev.holdfast.api.RunningApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of the live updates that keeps whatever comes. */
final class SseClient implements AutoCloseable {
    private final List<Map<String, String>> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final HttpResponse<InputStream> response;
    private volatile boolean ended;

    SseClient(RunningApi api, String query, String... headers) throws IOException, InterruptedException {
        var request = api.request("/api/v1/events" + query).header("Accept", "text/event-stream");
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        response = api.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        var event = new HashMap<String, String>();
        try (var lines = new Scanner(response.body(), StandardCharsets.UTF_8).useDelimiter("\n")) {
            while (lines.hasNext()) {
                var line = lines.next();
                if (line.isEmpty()) {
                    if (event.containsKey("data")) {
                        events.add(Map.copyOf(event));
                    }
                    event.clear();
                } else if (line.startsWith(":")) {
                    comments.add(line);
                } else {
                    event.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1));
                }
            }
        } finally {
            ended = true;
        }
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    List<Map<String, String>> events() {
        return events;
    }

    List<String> ids() {
        return events.stream().map(event -> event.get("id")).toList();
    }

    List<String> types() {
        return events.stream().map(event -> event.get("event")).toList();
    }

    List<String> comments() {
        return comments;
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
