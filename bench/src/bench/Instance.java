package bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Holdfast, as its users see it: the launcher and the REST interface. */
final class Instance implements AutoCloseable {
    private static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern LIVE_HEAP = Pattern.compile("total +\\d+K, used (\\d+)K");

    private final Options options;
    private final Path data;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ConcurrentMap<String, Long> started = new ConcurrentHashMap<>();

    private Instance(Options options, int port) {
        this.options = options;
        this.data = options.work().resolve("data");
        this.port = port;
    }

    /** @return how long it took until it was ready */
    static Timed<Instance> up(Options options) throws Exception {
        var instance = new Instance(options, SourceServer.freePort());
        long before = System.nanoTime();
        Commands.run(
                Map.of("JAVA_HOME", options.jdk().toString()),
                java.util.List.of(options.holdfast().toString(), "up", "--data", instance.data.toString(), "--port", "" + instance.port));
        var result = new Timed<>(instance, seconds(before));
        Thread.ofVirtual().start(instance::listen);
        return result;
    }

    record Timed<T>(T value, double seconds) {}

    String source(String name, SourceServer server, String database) throws Exception {
        return post("/sources", Map.of(
                        "name", name, "host", "127.0.0.1", "port", server.port(), "database", database,
                        "username", "postgres", "password", server.password(), "sslMode", "disable"))
                .path("id").asString("");
    }

    /** From before the request to when its completion is seen. */
    Timed<JsonNode> backup(String source) throws Exception {
        long before = System.nanoTime();
        var id = post("/backups", Map.of("source", source, "type", "database")).path("id").asString("");
        while (true) {
            var backup = get("/backups/" + id);
            if (FINAL.contains(backup.path("status").asString(""))) {
                double took = seconds(before);
                if (!backup.path("status").asString("").equals("completed")) {
                    throw new IOException("the backup " + backup.path("status") + ": " + backup.path("failure"));
                }
                return new Timed<>(backup, took);
            }
            Thread.sleep(seconds(before) < 5 ? 5 : 50);
        }
    }

    /** From before the POST until the event stream tells that the backup has started, in milliseconds; negative where it told nothing. */
    double startedAfterMillis(String source) throws Exception {
        long before = System.nanoTime();
        var id = post("/backups", Map.of("source", source, "type", "database")).path("id").asString("");
        while (!FINAL.contains(get("/backups/" + id).path("status").asString(""))) {
            Thread.sleep(20);
        }
        var at = started.get(id);
        return at == null ? -1 : (at - before) / 1e6;
    }

    JsonNode newest() throws Exception {
        return get("/backups?limit=1").path("items").path(0);
    }

    long residentKilobytes() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }

    /** What is left on the heap after a full collection. */
    long liveHeapKilobytes() throws Exception {
        var jcmd = options.jdk().resolve("bin/jcmd").toString();
        Commands.run(jcmd, pid(), "GC.run");
        Matcher used = LIVE_HEAP.matcher(Commands.run(jcmd, pid(), "GC.heap_info"));
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        return sum;
    }

    private String pid() throws IOException {
        return Files.readString(data.resolve("run/pid")).strip();
    }

    private void listen() {
        try {
            var request = request("/events").header("Accept", "text/event-stream").build();
            var answer = http.send(request, BodyHandlers.ofInputStream());
            try (var lines = new BufferedReader(new InputStreamReader(answer.body()))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:")) {
                        note(JSON.readTree(line.substring(5)), System.nanoTime());
                    }
                }
            }
        } catch (IOException | InterruptedException e) {
            // It ends with the instance.
        }
    }

    private void note(JsonNode event, long at) {
        if (event.path("type").asString("").endsWith("backup.started.v1")) {
            started.putIfAbsent(event.path("subject").asString(""), at);
        }
    }

    private JsonNode post(String path, Map<String, ?> body) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    }

    private JsonNode get(String path) throws Exception {
        return send(request(path).build());
    }

    private JsonNode send(HttpRequest request) throws Exception {
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(request.method() + " " + request.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        var token = Files.readString(data.resolve("keys/local-token")).strip();
        return HttpRequest.newBuilder(address(path)).header("Authorization", "Bearer " + token);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + "/api/v1" + path);
    }

    static double seconds(long before) {
        return (System.nanoTime() - before) / 1e9;
    }

    @Override
    public void close() throws Exception {
        Commands.run(options.holdfast().toString(), "down", "--data", data.toString());
    }
}
