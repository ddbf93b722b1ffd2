package dev.holdfast.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that are nearly right, and some that are: none is answered with a 5xx, none takes long, and the service is well
 * afterwards. -Dholdfast.fuzz.requests and -Dholdfast.seed: how many, and the one to begin with, as a failure names it.
 */
class RestFuzzIT {
    private static final RunningApi API = RunningApi.start();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final int AT_ONCE = 4;

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "5432",
            "65536",
            "1e3",
            "1e999",
            "1e-999999",
            "9".repeat(400),
            "[]",
            "{}",
            "[null]",
            "\"\"",
            "\" \"",
            "\"full\"",
            "\"media\"",
            "\"prefer\"",
            "\"verify-full\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\u202e\"",
            "\"\\u001b[2J\"",
            "\"a\\r\\nb\"",
            "\"é\"",
            "\"e\\u0301\"",
            "\"🐘\"",
            "\"127.0.0.1 hostaddr=1.2.3.4\"",
            "\"/var/run/postgresql\"",
            "\"fe80::1%eth0\"",
            "\"file:/etc/passwd\"",
            "\"-Fc\"",
            "\"%s%n$(id)\"",
            "[\"/srv/media\"]",
            "[\"/../etc\", 7]",
            "{\"a\":{\"b\":[1,2,{\"c\":null}]}}",
            "{\"\\u0000\":1}",
            "[".repeat(600) + "]".repeat(600),
            "\"" + "x".repeat(5_000) + "\"",
            "\"" + "ä".repeat(70_000) + "\"");

    private static final List<String> HEADER_VALUES = List.of(
            "",
            " ",
            "x",
            "application/json",
            "application/json; charset=utf-16",
            "text/plain",
            "*/*",
            "gzip",
            "-1",
            "a b",
            "x".repeat(300),
            UUID.randomUUID().toString(),
            "bytes=0-1",
            "http://evil.example");

    private static final List<String> PARAMETERS = List.of(
            "",
            "0",
            "-1",
            "1",
            "200",
            "1000000000",
            "abc",
            "failed",
            "FAILED",
            "\u0000",
            "🐘",
            "' or 1=1 --",
            "x".repeat(3_000));

    private static String backup;

    @BeforeAll
    static void aBackup() {
        API.createSource("fuzzed");
        backup = API.post("/api/v1/backups", "{\"source\": \"fuzzed\"}")
                .json()
                .get("id")
                .asString();
    }

    @AfterAll
    static void stop() {
        API.close();
    }

    @Test
    void no_request_is_answered_with_a_5xx_or_takes_long() throws Exception {
        long first = Long.getLong("holdfast.seed", System.nanoTime());
        long count = Long.getLong("holdfast.fuzz.requests", 4_000);
        var next = new AtomicLong(first);
        var statuses = new ConcurrentSkipListMap<Integer, AtomicLong>();
        var faults = new ConcurrentLinkedQueue<String>();
        long start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var senders = new ArrayList<Future<?>>();
            for (int i = 0; i < AT_ONCE; i++) {
                senders.add(threads.submit(() -> {
                    for (long seed = next.getAndIncrement();
                            seed < first + count && faults.isEmpty();
                            seed = next.getAndIncrement()) {
                        send(seed, statuses, faults);
                    }
                }));
            }
            for (var sender : senders) {
                sender.get();
            }
        }
        System.out.printf(
                "%,d inputs from seed %d: %s in %.1f s%n",
                count, first, new TreeMap<>(statuses), (System.nanoTime() - start) / 1e9);

        assertThat(faults).isEmpty();
        assertThat(API.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(API.post("/api/v1/backups", "{\"source\": \"fuzzed\"}").status())
                .isEqualTo(202);
        if (count >= 1_000) {
            assertThat(statuses).as("right ones and wrong ones").containsKeys(201, 202, 400, 404, 415);
        }
    }

    private static void send(long seed, Map<Integer, AtomicLong> statuses, ConcurrentLinkedQueue<String> faults) {
        var request = request(new Random(seed));
        try {
            var answer = API.client().send(request, BodyHandlers.ofString());
            statuses.computeIfAbsent(answer.statusCode(), status -> new AtomicLong())
                    .incrementAndGet();
            boolean refused = answer.statusCode() >= 400;
            var type = answer.headers().firstValue("content-type").orElse("");
            if (answer.statusCode() >= 500 || (refused && !type.equals("application/problem+json"))) {
                faults.add("-Dholdfast.seed=%d -Dholdfast.fuzz.requests=1: %s %s: %s"
                        .formatted(seed, request, answer.statusCode(), answer.body()));
            }
        } catch (HttpTimeoutException e) {
            faults.add("-Dholdfast.seed=%d: %s took more than %s".formatted(seed, request, LONG));
        } catch (Exception e) {
            faults.add("-Dholdfast.seed=%d -Dholdfast.fuzz.requests=1: %s %s".formatted(seed, request, e));
        }
    }

    private static HttpRequest request(Random random) {
        var request = switch (random.nextInt(9)) {
            case 0, 1, 2 -> with("POST", "/api/v1/sources", body(source(random), random));
            case 3 -> with("PUT", "/api/v1/sources/" + id(random), body(source(random), random));
            case 4, 5 -> with("POST", "/api/v1/backups", body(order(), random));
            case 6 -> with(random.nextBoolean() ? "DELETE" : "POST", "/api/v1/sources/" + id(random), null);
            case 7 ->
                with(
                        "POST",
                        "/api/v1/backups/" + id(random) + oneOf(List.of("/cancel", "/retry", "/verify", ""), random),
                        null);
            default -> with("GET", list(random), null);
        };
        if (random.nextInt(4) == 0) {
            var name = oneOf(
                    List.of("Content-Type", "Idempotency-Key", "Content-Encoding", "Accept", "Range", "Origin"),
                    random);
            request.setHeader(name, oneOf(HEADER_VALUES, random));
        }
        return request.timeout(LONG).build();
    }

    private static HttpRequest.Builder with(String method, String path, String body) {
        var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return API.request(path).method(method, publisher).header("Content-Type", "application/json");
    }

    private static Map<String, String> source(Random random) {
        var fields = new TreeMap<String, String>();
        fields.put("name", JSON.writeValueAsString("fuzz " + random.nextLong()));
        fields.put("host", "\"127.0.0.1\"");
        fields.put("port", "5432");
        fields.put("database", "\"shop\"");
        fields.put("username", "\"shop\"");
        fields.put("password", "\"secret\"");
        fields.put("sslMode", "\"prefer\"");
        fields.put("mediaPaths", "[\"/srv/media\"]");
        return fields;
    }

    private static Map<String, String> order() {
        var fields = new TreeMap<String, String>();
        fields.put("source", "\"fuzzed\"");
        fields.put("name", "\"nightly\"");
        fields.put("description", "\"of the night\"");
        fields.put("type", "\"database\"");
        fields.put("includeMedia", "false");
        fields.put("metadata", "{\"version\":\"1.2.3\"}");
        return fields;
    }

    /** None to three of its fields with another value, without one, or twice; now and then with other bytes. */
    private static String body(Map<String, String> fields, Random random) {
        for (int count = random.nextInt(4); count > 0; count--) {
            var name = oneOf(List.copyOf(fields.keySet()), random);
            switch (random.nextInt(8)) {
                case 0 -> fields.remove(name);
                case 1 -> fields.put(name + "\u0000", oneOf(VALUES, random));
                default -> fields.put(name, oneOf(VALUES, random));
            }
            if (fields.isEmpty()) {
                return "{}";
            }
        }
        var json = new ArrayList<String>();
        fields.forEach((name, value) -> json.add(JSON.writeValueAsString(name) + ":" + value));
        if (random.nextInt(10) == 0) {
            json.add(json.getFirst());
        }
        var body = "{" + String.join(",", json) + "}";
        return random.nextInt(10) == 0 ? damaged(body, random) : body;
    }

    private static String damaged(String body, Random random) {
        int at = random.nextInt(body.length());
        return switch (random.nextInt(3)) {
            case 0 -> body.substring(0, at);
            case 1 -> body.substring(0, at) + (char) random.nextInt(0x2FF) + body.substring(at);
            default -> body + body.substring(at);
        };
    }

    private static String id(Random random) {
        return oneOf(
                List.of(backup, UUID.randomUUID().toString(), "x", "1-1-1-1-1", "%00", "..%2f", "%F0%9F%90%98"),
                random);
    }

    private static String list(Random random) {
        var path = oneOf(List.of("/api/v1/sources", "/api/v1/backups", "/api/v1/backups/" + backup), random);
        var name = oneOf(List.of("limit", "cursor", "source", "status", "sort"), random);
        return path + "?" + name + "=" + URLEncoder.encode(oneOf(PARAMETERS, random), StandardCharsets.UTF_8);
    }

    private static <T> T oneOf(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
