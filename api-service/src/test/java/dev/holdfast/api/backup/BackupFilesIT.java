package dev.holdfast.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.holdfast.api.RunningApi;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BackupFilesIT {
    private static final RunningApi API = RunningApi.shared();
    private static final byte[] DUMP = "0123456789".repeat(10).getBytes(StandardCharsets.US_ASCII);
    private static final String ETAG = "\"" + "ab".repeat(32) + "\"";

    private static String backup;

    @BeforeAll
    static void aBackup() {
        API.createSource("files");
        backup = API.post("/api/v1/backups", "{\"source\": \"files\"}")
                .json()
                .get("id")
                .asString();
        API.worker().on(worker("artifacts/database.dump"), BackupFilesIT::serveDump);
    }

    @Test
    void an_artifact_comes_with_its_checksum_and_length() {
        var answer = API.get(artifact("database.dump"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(DUMP);
        assertThat(answer.header("etag")).isEqualTo(ETAG);
        assertThat(answer.header("content-length")).isEqualTo("100");
        assertThat(answer.header("accept-ranges")).isEqualTo("bytes");
        assertThat(answer.header("content-disposition")).contains("attachment").contains("database.dump");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void a_part_of_an_artifact_can_be_asked_for() {
        var part = API.get(artifact("database.dump"), "Range", "bytes=10-19");
        var resumed = API.get(artifact("database.dump"), "Range", "bytes=90-", "If-Range", ETAG);
        var changed = API.get(artifact("database.dump"), "Range", "bytes=90-", "If-Range", "\"other\"");

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(DUMP, 10, 20));
        assertThat(part.header("content-range")).isEqualTo("bytes 10-19/100");
        assertThat(resumed.status()).isEqualTo(206);
        assertThat(resumed.body()).hasSize(10);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body()).hasSize(100);
    }

    @Test
    void an_artifact_that_the_client_has_is_not_sent_again() {
        var answer = API.get(artifact("database.dump"), "If-None-Match", ETAG);

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("etag")).isEqualTo(ETAG);
    }

    @Test
    void a_range_beyond_the_end_is_a_problem_with_the_size() {
        var answer = API.get(artifact("database.dump"), "Range", "bytes=500-");

        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.header("content-range")).isEqualTo("bytes */100");
        assertThat(answer.json().get("code").asString()).isEqualTo("RANGE_NOT_SATISFIABLE");
    }

    @Test
    void an_artifact_that_is_another_than_the_expected_one_is_a_problem() {
        API.worker().on(worker("artifacts/other"), exchange -> exchange.sendResponseHeaders(412, -1));

        var answer = API.get(artifact("other"), "If-Match", "\"other\"");

        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.json().get("code").asString()).isEqualTo("PRECONDITION_FAILED");
        assertThat(answer.json().get("fix").asString()).contains("If-Match");
    }

    @Test
    void an_artifact_that_is_not_what_was_sealed_is_a_problem_of_its_own() {
        API.worker().on(worker("artifacts/changed"), exchange -> exchange.sendResponseHeaders(409, -1));

        var answer = API.get(artifact("changed"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("code").asString()).isEqualTo("ARTIFACT_CHANGED");
        assertThat(answer.header("etag")).isEmpty();
        assertThat(answer.header("content-disposition")).isEmpty();
    }

    @Test
    void head_says_what_get_would_send() {
        var answer = API.send("HEAD", artifact("database.dump"), null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-length")).isEqualTo("100");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void a_file_in_a_directory_and_with_an_unusual_name_is_found() {
        API.worker().on(worker("artifacts/database/toc.dat"), exchange -> answer(exchange, "toc"));
        API.worker().on(worker("artifacts/media/a%20b%25%C3%BC.txt"), exchange -> answer(exchange, "media"));

        assertThat(API.get(artifact("database/toc.dat")).text()).isEqualTo("toc");
        var unusual = API.get(artifact("media/a%20b%25%C3%BC.txt"));
        assertThat(unusual.text()).isEqualTo("media");
        assertThat(unusual.header("content-disposition")).contains("filename*=UTF-8''a%20b%25%C3%BC.txt");
    }

    @Test
    void what_is_not_there_is_a_problem_and_no_path_leads_elsewhere() {
        for (var file : new String[] {
            "nothing.dump", "", "a//b", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/log", "../log", "a%5cb", "a%00b", "./x"
        }) {
            var answer = API.get(artifact(file));
            assertThat(answer.status()).as(file).isBetween(400, 404);
            assertThat(answer.header("content-type")).as(file).isEqualTo("application/problem+json");
        }
        assertThat(API.get(artifact("nothing.dump")).json().get("code").asString())
                .isEqualTo("ARTIFACT_NOT_FOUND");
        assertThat(API.get("/api/v1/backups/00000000-0000-0000-0000-000000000001/artifacts/x")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_large_artifact_is_never_held_whole() throws Exception {
        long size = 3L * Runtime.getRuntime().maxMemory();
        API.worker().on(worker("artifacts/large"), exchange -> {
            exchange.sendResponseHeaders(200, size);
            var chunk = new byte[1 << 20];
            for (long sent = 0; sent < size; sent += chunk.length) {
                exchange.getResponseBody().write(chunk, 0, (int) Math.min(chunk.length, size - sent));
            }
        });

        var request = API.request(artifact("large")).build();
        var response = API.client().send(request, HttpResponse.BodyHandlers.ofInputStream());
        long received = 0;
        try (var body = response.body()) {
            var buffer = new byte[1 << 20];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                received += read;
            }
        }

        assertThat(received).isEqualTo(size);
    }

    @Test
    void a_transfer_that_breaks_is_seen_to_be_broken() {
        API.worker().on(worker("artifacts/broken"), exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(DUMP);
            exchange.getResponseBody().flush();
            throw new IOException("the worker dies");
        });
        API.worker().on(worker("artifacts/broken-log"), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(DUMP);
            exchange.getResponseBody().flush();
            throw new IOException("the worker dies");
        });

        for (var file : new String[] {"broken", "broken-log"}) {
            assertThatThrownBy(() -> API.get(artifact(file))).as(file).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void the_log_comes_as_it_grows() throws Exception {
        var more = new CountDownLatch(1);
        API.worker().on(worker("log"), exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain;charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("erste Zeile ü\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                more.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.getResponseBody().write("zweite\n".getBytes(StandardCharsets.UTF_8));
        });

        var request = API.request("/api/v1/backups/" + backup + "/log").build();
        var response = API.client().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var lines =
                new java.io.BufferedReader(new java.io.InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("erste Zeile ü");
            more.countDown();
            assertThat(lines.readLine()).isEqualTo("zweite");
            assertThat(lines.readLine()).isNull();
        }
        assertThat(response.headers().firstValue("content-type")).contains("text/plain;charset=utf-8");
    }

    @Test
    void a_log_that_no_worker_has_begun_is_empty() {
        var fresh = API.post("/api/v1/backups", "{\"source\": \"files\"}")
                .json()
                .get("id")
                .asString();

        var answer = API.get("/api/v1/backups/" + fresh + "/log");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("content-type")).isEqualTo("text/plain;charset=utf-8");
    }

    private static void serveDump(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        exchange.getResponseHeaders().set("ETag", ETAG);
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        if (ETAG.equals(headers.getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        var range = headers.getFirst("Range");
        var ifRange = headers.getFirst("If-Range");
        if (range == null || (ifRange != null && !ifRange.equals(ETAG))) {
            send(exchange, 200, DUMP);
            return;
        }
        var bounds = range.substring("bytes=".length()).split("-", 2);
        int first = Integer.parseInt(bounds[0]);
        int last = bounds[1].isEmpty() ? DUMP.length - 1 : Integer.parseInt(bounds[1]);
        if (first >= DUMP.length) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + DUMP.length);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Range", "bytes %d-%d/%d".formatted(first, last, DUMP.length));
        send(exchange, 206, Arrays.copyOfRange(DUMP, first, last + 1));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        send(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String artifact(String file) {
        return "/api/v1/backups/" + backup + "/artifacts/" + file;
    }

    private static String worker(String path) {
        return "/internal/v1/backups/" + backup + "/" + path;
    }
}
