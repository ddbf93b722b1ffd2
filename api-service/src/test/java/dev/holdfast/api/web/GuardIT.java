package dev.holdfast.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.PageClient;
import dev.holdfast.api.RunningApi;
import dev.holdfast.api.RunningApi.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class GuardIT {
    private static final RunningApi API = RunningApi.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:80",
                "LOCALHOST",
                "127.0.0.1",
                "127.0.0.1:8080",
                "[::1]",
                "[::1]:8080",
                "holdfast.localhost"
            })
    void loopback_names_are_served(String host) throws Exception {
        assertThat(raw("GET /api/v1/sources HTTP/1.1\r\nHost: " + host + "\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void any_number_of_languages_is_served() throws Exception {
        var languages = "en-GB,de;q=0.8,".repeat(400) + "fr";

        for (var path : new String[] {"/actuator/health", "/sources", "/api/v1/sources"}) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept-Language: " + languages + "\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "192.168.1.7",
                "127.0.0.1@evil.example",
                "[::1].evil.example",
                "localhostx",
                "xlocalhost",
                ""
            })
    void foreign_names_are_not(String host) throws Exception {
        var answer = raw("GET /api/v1/sources HTTP/1.1\r\nHost: " + host + "\r\n");

        assertThat(answer).containsPattern("^HTTP/1.1 40[03]").contains("application/problem+json");
        assertThat(raw("GET /actuator/health HTTP/1.1\r\nHost: evil.example\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("HOST_NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1", "x"})
    void a_page_of_another_origin_changes_nothing(String origin) {
        var posted = API.post("/api/v1/sources", "{}", "Origin", origin);
        var cancelled =
                API.send("POST", "/api/v1/backups/00000000-0000-0000-0000-000000000001/cancel", null, "Origin", origin);

        assertThat(posted.status()).isEqualTo(403);
        assertThat(posted.json().get("code").asString()).isEqualTo("ORIGIN_NOT_ALLOWED");
        assertThat(cancelled.status()).isEqualTo(403);
    }

    @Test
    void a_page_of_our_own_may() {
        var own = "http://127.0.0.1:" + API.port();

        assertThat(API.post("/api/v1/sources", "{}", "Origin", own).status()).isEqualTo(400);
        assertThat(API.post("/api/v1/sources", "{}", "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(400);
        assertThat(API.post("/api/v1/sources", "{}", "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "application/json; charset=utf-16",
                "application/jsonx",
                "*/*",
                "nonsense"
            })
    void a_body_of_another_type_is_refused_everywhere(String type) {
        for (var path : new String[] {
            "/api/v1/sources", "/api/v1/backups", "/api/v1/backups/00000000-0000-0000-0000-000000000001/cancel"
        }) {
            var answer = API.post(path, "{}", "Content-Type", type);
            assertProblem(answer, 415, "UNSUPPORTED_MEDIA_TYPE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=x", "text/plain"})
    void a_page_that_gets_another_body_than_a_form_says_what_it_takes(String type) {
        var answer = API.post("/sign-in", "{}", "Content-Type", type);

        assertProblem(answer, 415, "FORM_NEEDED");
        assertThat(answer.json().get("fix").asString()).contains("application/x-www-form-urlencoded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/backups/00000000-0000-0000-0000-000000000001/log", "/v3/api-docs", "/v3/api-docs.yaml"})
    void who_follows_a_link_without_a_session_comes_to_the_sign_in_page(String path) {
        var person = new PageClient(API).get(path);
        var program = new PageClient(API).get(path, "Accept", "*/*");

        assertThat(person.status()).isEqualTo(302);
        assertThat(person.header("location")).endsWith("/sign-in");
        assertProblem(program, 401, "UNAUTHENTICATED");
    }

    @Test
    void a_download_without_a_session_is_refused_and_not_saved_as_a_page() {
        var path = "/api/v1/backups/00000000-0000-0000-0000-000000000001/artifacts/database.dump";

        assertProblem(new PageClient(API).get(path), 401, "UNAUTHENTICATED");
    }

    @Test
    void an_encoded_body_is_refused() {
        assertProblem(API.post("/api/v1/sources", "{}", "Content-Encoding", "gzip"), 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void a_body_beyond_the_limit_is_refused_whether_it_says_its_length_or_not() {
        var large = "{\"name\": \"" + "x".repeat(300_000) + "\"}";
        var request = API.request("/api/v1/sources")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
                .build();

        assertProblem(API.post("/api/v1/sources", large), 413, "BODY_TOO_LARGE");
        assertProblem(API.send(request), 413, "BODY_TOO_LARGE");
    }

    @Test
    void a_body_of_a_gigabyte_is_refused_after_the_first_of_it() throws Exception {
        try (var socket = new Socket("127.0.0.1", API.port())) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write(("POST /api/v1/sources HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Authorization: Bearer " + RunningApi.TOKEN + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            var chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            int chunks = 0;
            try {
                while (chunks < 16_384 && socket.getInputStream().available() == 0) {
                    out.write(chunk);
                    chunks++;
                }
            } catch (IOException e) {
                // It was cut off in the middle, with its answer sent before.
                assertThat(chunks).isPositive();
            }
            assertThat(chunks).isLessThan(1_000);
        }
        assertThat(API.get("/api/v1/sources").status()).isEqualTo(200);
    }

    @Test
    void ten_thousand_headers_are_refused() throws Exception {
        var headers = new StringBuilder("GET /api/v1/sources HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < 10_000; i++) {
            headers.append("X-").append(i).append(": x\r\n");
        }

        try {
            assertThat(raw(headers.toString())).containsPattern("^HTTP/1.1 4(00|31)");
        } catch (SocketException e) {
            // The connection may be reset before the answer is read.
            assertThat(e).hasMessageContaining("reset");
        }
        assertThat(API.get("/api/v1/sources").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/nothing, 404, NOT_FOUND",
        "GET, /nothing, 404, NOT_FOUND",
        "POST, /api/v1/restores, 404, NOT_FOUND",
        "POST, /api/v1/backups/00000000-0000-0000-0000-000000000001/verify, 404, NOT_FOUND",
        "POST, /api/v1/backups/00000000-0000-0000-0000-000000000001/cancel, 404, BACKUP_NOT_FOUND",
        "POST, /api/v1/backups/00000000-0000-0000-0000-000000000001/retry, 404, BACKUP_NOT_FOUND",
        "POST, /api/v1/backups/x/retry, 404, NOT_FOUND",
        "GET, /api/v1/backups/00000000-0000-0000-0000-000000000001/log, 404, BACKUP_NOT_FOUND",
        "PUT, /api/v1/sources/00000000-0000-0000-0000-000000000001, 415, UNSUPPORTED_MEDIA_TYPE",
        "DELETE, /api/v1/sources, 405, METHOD_NOT_ALLOWED",
        "PATCH, /api/v1/backups, 405, METHOD_NOT_ALLOWED",
        "DELETE, /api/v1/events, 405, METHOD_NOT_ALLOWED"
    })
    void what_is_not_there_is_a_problem(String method, String path, int status, String code) {
        assertProblem(API.send(method, path, null), status, code);
    }

    @Test
    void a_method_that_is_possible_is_named() {
        assertThat(API.send("DELETE", "/api/v1/sources", null).header("allow"))
                .contains("GET")
                .contains("POST");
    }

    @Test
    void a_form_that_is_not_served_is_a_problem() {
        assertProblem(API.get("/api/v1/sources", "Accept", "application/xml"), 406, "NOT_ACCEPTABLE");
        assertProblem(API.get("/api/v1/nothing", "Accept", "image/png"), 404, "NOT_FOUND");
    }

    @Test
    void another_character_set_in_accept_is_passed_over() {
        var answer = API.get("/api/v1/sources", "Accept", "application/json; charset=utf-16");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/sources?q=<x> HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/sources/%00 HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/%zz HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/sources/a%2fb HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/../../etc HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/sources HTTP/1.1\r\n",
                "GET /api/v1/sources HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n",
                "GE\u0001T /api/v1/sources HTTP/1.1\r\nHost: localhost\r\n"
            })
    void what_the_container_refuses_looks_the_same(String head) throws Exception {
        var answer = raw(head);

        assertThat(answer)
                .containsPattern("^HTTP/1.1 40[04]")
                .doesNotContain("<html")
                .doesNotContain("Tomcat");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT localhost:80 HTTP/1.1, 501, NOT_IMPLEMENTED",
        "CONNECT /api/v1/sources HTTP/1.1, 501, NOT_IMPLEMENTED",
        "GET /api/v1/sources HTTP/9.9, 505, HTTP_VERSION_NOT_SUPPORTED",
        "GET / HTTP/9.9, 505, HTTP_VERSION_NOT_SUPPORTED",
        "TRACE / HTTP/1.1, 405, METHOD_NOT_ALLOWED",
        "BREW / HTTP/1.1, 400, BAD_REQUEST"
    })
    void what_http_has_a_status_for_keeps_it_and_is_no_error_of_ours(
            String line, int status, String code, CapturedOutput output) throws Exception {
        var answer = raw(line + "\r\nHost: localhost\r\n");

        assertRefused(answer, status, code);
        assertThat(output).doesNotContain("\"ERROR\"");
    }

    @Test
    void a_coding_that_nobody_knows_is_no_error_of_ours(CapturedOutput output) throws Exception {
        var head = "POST /api/v1/sources HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

        assertRefused(raw(head + "Transfer-Encoding: bogus\r\n"), 501, "NOT_IMPLEMENTED");
        assertThat(output).doesNotContain("\"ERROR\"");
    }

    private static void assertRefused(String answer, int status, String code) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("application/problem+json")
                .contains("\"status\":" + status)
                .contains("\"code\":\"" + code + "\"")
                .contains("\"fix\":\"");
    }

    @Test
    void the_front_page_says_where_to_go() {
        assertThat(API.get("/").json().get("openapi").asString()).isEqualTo("/v3/api-docs");
        assertThat(API.get("/actuator/health/readiness").json().get("status").asString())
                .isEqualTo("UP");
        assertThat(API.get("/actuator/health/liveness").json().get("status").asString())
                .isEqualTo("UP");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        var problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        for (var field : new String[] {"type", "title", "detail", "instance"}) {
            assertThat(problem.get(field).asString()).as(field).isNotBlank();
        }
    }

    private static String raw(String head) throws IOException {
        try (var socket = new Socket("127.0.0.1", API.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((head + "Authorization: Bearer " + RunningApi.TOKEN + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
