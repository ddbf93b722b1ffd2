package dev.holdfast.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.api.RunningApi;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ValidationIT {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final RunningApi API = RunningApi.shared();

    @BeforeAll
    static void aSource() {
        API.createSource("validation");
    }

    static Stream<Arguments> refusedSources() {
        return Stream.of(
                arguments("/port", with("port", "0")),
                arguments("/port", with("port", "-1")),
                arguments("/port", with("port", "65536")),
                arguments("/port", with("port", "99999")),
                arguments("/port", with("port", "99999999999999999999")),
                arguments("/port", with("port", "\"5432\"")),
                arguments("/port", with("port", "5432.0")),
                arguments("/port", with("port", "5432.5")),
                arguments("/port", with("port", "1e3")),
                arguments("/port", with("port", "true")),
                arguments("/port", with("port", "null")),
                arguments("/port", with("port", "[5432]")),
                arguments("/port", with("port", "{}")),
                arguments("/port", without("port")),
                arguments("/name", without("name")),
                arguments("/name", with("name", "null")),
                arguments("/name", with("name", "\"\"")),
                arguments("/name", with("name", "\" shop\"")),
                arguments("/name", with("name", "\"shop \"")),
                arguments("/name", with("name", "\"shop\\u00a0\"")),
                arguments("/name", with("name", "\"shop\\u3000\"")),
                arguments("/name", with("name", "\"\\ufeffshop\"")),
                arguments("/name", with("name", "7")),
                arguments("/name", with("name", "7.5")),
                arguments("/name", with("name", "true")),
                arguments("/name", with("name", "[\"shop\"]")),
                arguments("/name", with("name", "{\"a\": 1}")),
                arguments("/name", with("name", text("a".repeat(201)))),
                arguments("/name", with("name", text("a".repeat(10_000)))),
                arguments("/name", with("name", text("🐘".repeat(201)))),
                arguments("/name", with("name", "\"a\\u0000b\"")),
                arguments("/name", with("name", "\"a\\u0007b\"")),
                arguments("/name", with("name", "\"a\\u001b[31mb\"")),
                arguments("/name", with("name", "\"a\\r\\nb\"")),
                arguments("/name", with("name", "\"a\\tb\"")),
                arguments("/name", with("name", "\"a\\u007fb\"")),
                arguments("/name", with("name", "\"a\\u0085b\"")),
                arguments("/name", with("name", "\"a\\u009bb\"")),
                arguments("/name", with("name", "\"a\\u2028b\"")),
                arguments("/name", with("name", "\"a\\u2029b\"")),
                arguments("/name", with("name", "\"a\\u202eb\"")),
                arguments("/name", with("name", "\"a\\u2066b\"")),
                arguments("/name", with("name", "\"a\\ud800b\"")),
                arguments("/name", with("name", "\"a\\udc00\"")),
                arguments("/host", without("host")),
                arguments("/host", with("host", "\"\"")),
                arguments("/host", with("host", "\"127.0.0.1 hostaddr=10.0.0.1\"")),
                arguments("/host", with("host", "\"/var/run/postgresql\"")),
                arguments("/host", with("host", "\"a,b\"")),
                arguments("/host", with("host", "\"db:5432\"")),
                arguments("/host", with("host", "\"256.1.1.1\"")),
                arguments("/host", with("host", "\"db\\u0000\"")),
                arguments("/host", with("host", text("a".repeat(10_000)))),
                arguments("/host", with("host", "5")),
                arguments("/database", without("database")),
                arguments("/database", with("database", "\"\"")),
                arguments("/database", with("database", "\"a\\u0000\"")),
                arguments("/database", with("database", "\"a\\nb\"")),
                arguments("/database", with("database", "\"\\ud800\"")),
                arguments("/database", with("database", text("ä".repeat(32)))),
                arguments("/database", with("database", text("a".repeat(10_000)))),
                arguments("/username", without("username")),
                arguments("/username", with("username", "\"a\\u0000\"")),
                arguments("/username", with("username", text("a".repeat(64)))),
                arguments("/password", without("password")),
                arguments("/password", with("password", "null")),
                arguments("/password", with("password", "12345")),
                arguments("/password", with("password", "\"a\\nb\"")),
                arguments("/password", with("password", "\"a\\u0000b\"")),
                arguments("/password", with("password", text("a".repeat(1001)))),
                arguments("/sslMode", with("sslMode", "\"\"")),
                arguments("/sslMode", with("sslMode", "\"PREFER\"")),
                arguments("/sslMode", with("sslMode", "\"off\"")),
                arguments("/sslMode", with("sslMode", "0")),
                arguments("/sslMode", with("sslMode", "false")),
                arguments("/mediaPaths", with("mediaPaths", "\"/srv\"")),
                arguments("/mediaPaths", with("mediaPaths", "{}")),
                arguments(
                        "/mediaPaths",
                        with(
                                "mediaPaths",
                                JSON.writeValueAsString(Stream.iterate(0, at -> at + 1)
                                        .limit(33)
                                        .map(at -> "/m" + at)
                                        .toList()))),
                arguments("/mediaPaths/0", with("mediaPaths", "[\"srv\"]")),
                arguments("/mediaPaths/1", with("mediaPaths", "[\"/srv\", \"/a/../b\"]")),
                arguments("/mediaPaths/0", with("mediaPaths", "[\"/srv/\"]")),
                arguments("/mediaPaths/0", with("mediaPaths", "[null]")),
                arguments("/mediaPaths/0", with("mediaPaths", "[7]")),
                arguments("/mediaPaths/1", with("mediaPaths", "[\"/a\", {}]")),
                arguments("/nmae", with("nmae", "\"shop\"")),
                arguments("/a~1b~0c", with("a/b~c", "1")),
                arguments("/id", with("id", text(UUID.randomUUID().toString()))),
                arguments("/passwordSet", with("passwordSet", "true")),
                arguments("/name", "{\"name\": \"a\", \"name\": \"b\"}"));
    }

    @ParameterizedTest
    @MethodSource("refusedSources")
    void a_source_is_refused_with_a_pointer_to_the_fault(String pointer, String body) {
        var answer = API.post("/api/v1/sources", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        var problem = answer.json();
        assertThat(problem.get("code").asString()).isEqualTo("VALIDATION_FAILED");
        assertThat(problem.get("instance").asString()).isEqualTo("/api/v1/sources");
        assertThat(problem.get("errors")).hasSize(1);
        assertThat(problem.get("errors").get(0).get("pointer").asString()).isEqualTo(pointer);
        assertThat(problem.get("errors").get(0).get("message").asString()).isNotBlank();
        assertThat(problem.get("errors").get(0).get("code").asString()).isNotBlank();
    }

    static Stream<String> brokenBodies() {
        return Stream.of(
                "",
                " ",
                "{",
                "}",
                "[]",
                "[{}]",
                "null",
                "true",
                "7",
                "\"text\"",
                "{\"name\": }",
                "{\"name\": \"shop\",}",
                "{'name': 'shop'}",
                "{name: \"shop\"}",
                "{\"name\": hunter2}",
                "{\"name\": NaN}",
                "{\"port\": 05432}",
                "{\"port\": +1}",
                "{\"name\": \"shop\" // comment\n}",
                "{\"name\": \"a\nb\"}",
                "{} {}",
                "{} x",
                "{}]",
                "\ufeff\ufeff{}",
                "{\"name\": \"\\x41\"}",
                "{\"a\":".repeat(200) + "1" + "}".repeat(200),
                "[".repeat(100_000),
                "<source/>",
                "name=shop");
    }

    @ParameterizedTest
    @MethodSource("brokenBodies")
    void what_is_not_one_json_object_is_refused(String body) {
        var answer = API.post("/api/v1/sources", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.text())
                .doesNotContain("hunter2")
                .doesNotContain("tools.jackson")
                .doesNotContain("dev.holdfast.");
        assertThat(answer.json().get("errors")).isNotEmpty();
    }

    @Test
    void bad_json_is_pointed_at_by_line_and_column() {
        var problem = API.post("/api/v1/sources", "{\n  \"name\": hunter2\n}").json();

        assertThat(problem.get("code").asString()).isEqualTo("INVALID_JSON");
        assertThat(problem.get("errors").get(0).get("pointer").asString()).isEmpty();
        assertThat(problem.get("detail").asString()).contains("line 2");
    }

    @Test
    void every_wrong_field_is_named_at_once() {
        var problem =
                API.post("/api/v1/sources", "{\"port\": 0, \"host\": \"a b\"}").json();

        assertThat(problem.get("errors").findValuesAsString("pointer"))
                .containsExactly("/database", "/host", "/name", "/password", "/port", "/username");
    }

    static Stream<Arguments> refusedBackups() {
        return Stream.of(
                arguments("/source", "{}"),
                arguments("/source", "{\"source\": null}"),
                arguments("/source", "{\"source\": 7}"),
                arguments("/source", "{\"source\": \"no such source\"}"),
                arguments("/source", "{\"source\": \"a\\u0000\"}"),
                arguments("/source", "{\"source\": " + text(UUID.randomUUID().toString()) + "}"),
                arguments("/source", "{\"source\": " + text("a".repeat(10_000)) + "}"),
                arguments("/type", backup("type", "\"everything\"")),
                arguments("/type", backup("type", "\"FULL\"")),
                arguments("/type", backup("type", "\"\"")),
                arguments("/type", backup("type", "1")),
                arguments("/type", backup("type", "\"media\"")),
                arguments("/includeMedia", backup("includeMedia", "\"true\"")),
                arguments("/includeMedia", backup("includeMedia", "1")),
                arguments("/includeMedia", backup("includeMedia", "true")),
                arguments("/name", backup("name", "\"\"")),
                arguments("/name", backup("name", "\"a\\nb\"")),
                arguments("/name", backup("name", text("a".repeat(10_000)))),
                arguments("/name", backup("name", "\"a\\u202eb\"")),
                arguments("/description", backup("description", text("a".repeat(2001)))),
                arguments("/description", backup("description", "\"a\\u0000\"")),
                arguments("/description", backup("description", "7")),
                arguments("/metadata", backup("metadata", "[]")),
                arguments("/metadata", backup("metadata", "\"1.0\"")),
                arguments("/metadata", backup("metadata", "{\"a\":".repeat(9) + "1" + "}".repeat(9))),
                arguments("/metadata", backup("metadata", "{\"a\": " + text("x".repeat(17_000)) + "}")),
                arguments("/metadata", backup("metadata", "{\"a\": \"\\u0000\"}")),
                arguments("/metadata", backup("metadata", "{\"\\u0000\": 1}")),
                arguments("/metadata", backup("metadata", "{\"a\": [\"\\ud800\"]}")),
                arguments("/metadata", backup("metadata", "{\"a\": 1e400}")),
                arguments("/metadata", backup("metadata", "{\"a\": 1e-999999}")),
                arguments("/metadata", backup("metadata", "{\"a\": " + "9".repeat(500) + "}")),
                arguments("/metadata/a", backup("metadata", "{\"a\": 1, \"a\": 2}")),
                arguments("/sourceId", backup("sourceId", "\"x\"")));
    }

    @ParameterizedTest
    @MethodSource("refusedBackups")
    void a_backup_is_refused_with_a_pointer_to_the_fault(String pointer, String body) {
        var answer = API.post("/api/v1/backups", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void an_unknown_source_has_a_code_of_its_own() {
        var problem =
                API.post("/api/v1/backups", "{\"source\": \"no such source\"}").json();

        assertThat(problem.get("code").asString()).isEqualTo("SOURCE_UNKNOWN");
        assertThat(problem.get("errors").get(0).get("code").asString()).isEqualTo("SOURCE_UNKNOWN");
        assertThat(problem.get("fix").asString()).contains("POST /api/v1/sources");
        assertThat(problem.get("type").asString()).isEqualTo("urn:holdfast:problem:source-unknown");
    }

    static List<String> unusualNames() {
        return List.of(
                "-Fc",
                "a'b\"c d",
                "x;touch /tmp/pwn",
                "dbname=src host=/x",
                "🐘 👨‍👩‍👧 elephants",
                "%s%n$(id)",
                "../../x",
                "<script>alert(1)</script>",
                "ＦＵＬＬ",
                "مرحبا",
                "=cmd()",
                "null",
                "'; drop table source; --");
    }

    @ParameterizedTest
    @MethodSource("unusualNames")
    void what_is_merely_unusual_works_and_comes_back_unchanged(String name) {
        var body = aSource(name);
        body.put("database", name);
        body.put("username", name);

        var created = API.post("/api/v1/sources", body.toString());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        var shown = API.get(created.header("location")).json();
        var requested = API.post(
                "/api/v1/backups",
                JSON.createObjectNode().put("source", name).put("name", name).toString());

        assertThat(shown.get("name").asString()).isEqualTo(name);
        assertThat(shown.get("database").asString()).isEqualTo(name);
        assertThat(shown.get("username").asString()).isEqualTo(name);
        assertThat(requested.status()).as(requested.text()).isEqualTo(202);
        assertThat(requested.json().get("source").asString()).isEqualTo(name);
        assertThat(requested.json().get("name").asString()).isEqualTo(name);
    }

    static Stream<Arguments> refusedQueries() {
        return Stream.of(
                arguments("limit", "/api/v1/backups?limit=0"),
                arguments("limit", "/api/v1/backups?limit=201"),
                arguments("limit", "/api/v1/backups?limit=1000000000"),
                arguments("limit", "/api/v1/backups?limit=99999999999999"),
                arguments("limit", "/api/v1/backups?limit=ten"),
                arguments("limit", "/api/v1/sources?limit=-1"),
                arguments("status", "/api/v1/backups?status=done"),
                arguments("status", "/api/v1/backups?status=FAILED"),
                arguments("status", "/api/v1/backups?status="),
                arguments("cursor", "/api/v1/backups?cursor=abc"),
                arguments("cursor", "/api/v1/backups?cursor="),
                arguments("cursor", "/api/v1/sources?cursor=%00"),
                arguments("source", "/api/v1/backups?source=%00"),
                arguments("source", "/api/v1/backups?source=" + "a".repeat(5000)),
                arguments("sort", "/api/v1/backups?sort=name"),
                arguments("limt", "/api/v1/backups?limt=5"),
                arguments("limit", "/api/v1/backups?limit=1&limit=2"),
                arguments("limit", "/api/v1/sources?limit=1&limit=1"),
                arguments("source", "/api/v1/log?source=a&source=b"),
                arguments("lastEventId", "/api/v1/events?lastEventId=abc"),
                arguments("backup", "/api/v1/events?backup=abc"));
    }

    @ParameterizedTest
    @MethodSource("refusedQueries")
    void a_query_is_refused_with_the_parameter_at_fault(String parameter, String path) {
        var answer = API.get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("parameter").asString())
                .isEqualTo(parameter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/backups?source=%ff",
                "/api/v1/log?backup=%c3%28",
                "/backups?q=%ff",
                "/sign-in?%ff",
                "/actuator/health?x=%ff",
                "/actuator/info?x=%ff"
            })
    void a_query_that_can_not_be_decoded_is_refused(String path) {
        for (var accept : List.of("*/*", "application/json")) {
            var answer = API.get(path, "Accept", accept);

            assertThat(answer.status()).as(accept + answer.text()).isEqualTo(400);
            assertThat(answer.json().get("code").asString()).isEqualTo("BAD_REQUEST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/backups?q=%ff", "/sign-in?%ff"})
    void an_address_that_can_not_be_decoded_is_refused_with_a_page(String path) {
        var answer = API.get(path, "Accept", "text/html");

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("content-type")).startsWith("text/html");
    }

    private static ObjectNode aSource(String name) {
        return JSON.createObjectNode()
                .put("name", name)
                .put("host", "127.0.0.1")
                .put("port", 5432)
                .put("database", "shop")
                .put("username", "shop")
                .put("password", "secret");
    }

    private static String with(String field, String json) {
        var source = aSource("refused");
        source.remove(field);
        return source.toString().replaceFirst("}$", "") + ", " + text(field) + ": " + json + "}";
    }

    private static String without(String field) {
        var source = aSource("refused");
        source.remove(field);
        return source.toString();
    }

    private static String backup(String field, String json) {
        return "{\"source\": \"validation\", " + text(field) + ": " + json + "}";
    }

    private static String text(String value) {
        return JSON.writeValueAsString(value);
    }
}
