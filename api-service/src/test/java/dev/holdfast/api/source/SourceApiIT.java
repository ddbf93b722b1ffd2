package dev.holdfast.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.RunningApi;
import dev.holdfast.api.SealOpener;
import dev.holdfast.api.Wire;
import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.event.SourceDeleted;
import dev.holdfast.common.id.SourceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class SourceApiIT {
    private static final RunningApi API = RunningApi.shared();

    @Test
    void a_new_source_is_there_with_its_defaults_and_without_its_password() {
        var created = API.post("/api/v1/sources", source("created", "hunter2"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("location"))
                .isEqualTo("/api/v1/sources/" + created.json().get("id").asString());
        assertThat(created.json().get("sslMode").asString()).isEqualTo("prefer");
        assertThat(created.json().get("mediaPaths")).isEmpty();
        assertThat(created.json().get("passwordSet").asBoolean()).isTrue();
        assertThat(created.text()).doesNotContain("hunter2").doesNotContain("ealedPassword");
        assertThat(API.get(created.header("location")).json()).isEqualTo(created.json());
    }

    @Test
    void the_password_is_stored_for_the_worker_alone() throws Exception {
        var id = id(API.post("/api/v1/sources", source("sealed", "hunter2")));

        assertThat(SealOpener.open(stored(id), API.identity())).isEqualTo("hunter2");
    }

    @Test
    void a_change_without_a_password_keeps_the_old_one() throws Exception {
        var id = id(API.post("/api/v1/sources", source("changed", "hunter2")));

        var changed = API.send("PUT", "/api/v1/sources/" + id, """
                {"name": "changed2", "host": "127.0.0.1", "port": 5432, "database": "d", "username": "u",
                 "sslMode": "verify-full", "mediaPaths": ["/srv/media"]}""");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("database").asString()).isEqualTo("d");
        assertThat(changed.json().get("sslMode").asString()).isEqualTo("verify-full");
        assertThat(changed.json().get("mediaPaths").get(0).asString()).isEqualTo("/srv/media");
        assertThat(API.get("/api/v1/sources/" + id).json()).isEqualTo(changed.json());
        assertThat(SealOpener.open(stored(id), API.identity())).isEqualTo("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"'elsewhere.example', 5432", "'127.0.0.1', 5433", "'[2001:db8::7]', 5432"})
    void a_stored_password_does_not_follow_to_another_server(String host, int port) {
        var id = id(API.post("/api/v1/sources", source("stays " + host + port, "hunter2")));
        var path = "/api/v1/sources/" + id;
        var before = API.get(path).json();
        var moved =
                source("moved " + host + port, "new").replace("127.0.0.1", host).replace("5432", String.valueOf(port));

        var refused = API.send("PUT", path, moved.replace(",\"password\":\"new\"", ""));
        var unchanged = API.get(path).json();
        var changed = API.send("PUT", path, moved);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().get("code").asString()).isEqualTo("PASSWORD_NEEDED");
        var error = refused.json().get("errors").get(0);
        assertThat(error.get("pointer").asString()).isEqualTo("/password");
        assertThat(error.get("message").asString())
                .isEqualTo("Give the password again: the stored one is only for 127.0.0.1:5432");
        assertThat(unchanged).isEqualTo(before);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    @Test
    void a_stored_password_wants_to_be_given_again_where_less_protects_it() {
        var strict = source("strict", "hunter2").replaceFirst("\\}$", ",\"sslMode\":\"verify-full\"}");
        var path = "/api/v1/sources/" + id(API.post("/api/v1/sources", strict));
        var weak = strict.replace("verify-full", "disable");

        var refused = API.send("PUT", path, weak.replace(",\"password\":\"hunter2\"", ""));
        var silent = API.send(
                "PUT",
                path,
                strict.replace(",\"sslMode\":\"verify-full\"", "").replace(",\"password\":\"hunter2\"", ""));
        var same = API.send("PUT", path, strict.replace(",\"password\":\"hunter2\"", ""));
        var changed = API.send("PUT", path, weak);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().get("errors").get(0).get("message").asString())
                .isEqualTo("Give the password again: the stored one is only for sslMode verify-full or better");
        assertThat(silent.status()).as(silent.text()).isEqualTo(422);
        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    @Test
    void the_same_server_in_other_letters_and_a_source_without_a_password_need_none() {
        var named = source("named", "hunter2").replace("127.0.0.1", "b\u00fccher.example");
        var path = "/api/v1/sources/" + id(API.post("/api/v1/sources", named));
        var open = "/api/v1/sources/" + id(API.post("/api/v1/sources", source("open", "")));

        var same = API.send(
                "PUT", path, named.replace("b\u00fccher", "XN--Bcher-kva").replace(",\"password\":\"hunter2\"", ""));
        var moved = API.send(
                "PUT", open, source("open", "").replace("127.0.0.1", "db").replace(",\"password\":\"\"", ""));

        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(same.json().get("passwordSet").asBoolean()).isTrue();
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
    }

    @Test
    void a_change_with_a_password_seals_the_new_one() throws Exception {
        var id = id(API.post("/api/v1/sources", source("new password", "hunter2")));

        API.send("PUT", "/api/v1/sources/" + id, source("new password", ""));

        assertThat(SealOpener.open(stored(id), API.identity())).isEmpty();
        assertThat(API.get("/api/v1/sources/" + id).json().get("passwordSet").asBoolean())
                .isFalse();
    }

    @Test
    void two_sources_never_have_one_name() {
        API.post("/api/v1/sources", source("Caf\u00e9", "x"));
        var other = id(API.post("/api/v1/sources", source("other", "x")));

        var twin = API.post("/api/v1/sources", source("Cafe\u0301", "x"));
        var renamed = API.send("PUT", "/api/v1/sources/" + other, source("Caf\u00e9", "x"));

        for (var refused : java.util.List.of(twin, renamed)) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().get("code").asString()).isEqualTo("SOURCE_NAME_TAKEN");
            assertThat(refused.json().get("errors").get(0).get("pointer").asString())
                    .isEqualTo("/name");
        }
    }

    @Test
    void pages_show_every_source_once() {
        for (int count = 0; count < 5; count++) {
            API.createSource("page " + UUID.randomUUID());
        }

        var seen = new ArrayList<String>();
        var path = "/api/v1/sources?limit=2";
        while (path != null) {
            var page = API.get(path).json();
            assertThat(page.get("items").size()).isLessThanOrEqualTo(2);
            page.get("items").forEach(item -> seen.add(item.get("id").asString()));
            path = page.get("next").isNull()
                    ? null
                    : "/api/v1/sources?limit=2&cursor=" + page.get("next").asString();
        }

        assertThat(seen).doesNotHaveDuplicates().isSorted().hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void a_deleted_source_is_gone_and_its_backups_stay() {
        var id = API.createSource("short-lived");
        var backup =
                API.post("/api/v1/backups", "{\"source\": \"short-lived\"}").header("location");

        var busy = API.send("DELETE", "/api/v1/sources/" + id, null);
        API.bean(JdbcClient.class)
                .sql("update backup set status = 'FAILED' where source_id = ?::uuid")
                .param(id)
                .update();
        var deleted = API.send("DELETE", "/api/v1/sources/" + id, null);

        assertThat(busy.status()).isEqualTo(409);
        assertThat(busy.json().get("code").asString()).isEqualTo("SOURCE_BUSY");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(API.get("/api/v1/sources/" + id).status()).isEqualTo(404);
        assertThat(API.get(backup).json().get("source").asString()).isEqualTo("short-lived");
        assertThat(API.get("/api/v1/backups?source=" + id).json().get("items")).hasSize(1);
        assertThat(API.get("/api/v1/backups?source=short-lived").json().get("items"))
                .hasSize(1);
        assertThat(API.send("DELETE", "/api/v1/sources/" + id, null).status()).isEqualTo(404);
    }

    @Test
    void whoever_listens_hears_of_a_deleted_source_once_it_is_gone() {
        try (var wire = new Wire(API)) {
            var id = API.createSource("mistyped");
            API.send("DELETE", "/api/v1/sources/" + id, null);
            API.send("DELETE", "/api/v1/sources/" + id, null);
            var other = API.createSource("never deleted");
            API.send("DELETE", "/api/v1/sources/" + other + "x", null);

            await().until(() -> !wire.published(id).isEmpty());

            assertThat(wire.published(id)).containsExactly(new SourceDeleted(SourceId.of(id), "mistyped"));
            assertThat(wire.published(other)).isEmpty();
        }
    }

    @Test
    void an_id_that_nothing_has_is_a_404_whatever_it_looks_like() {
        for (var id : java.util.List.of(UUID.randomUUID().toString(), "7", "x", "1-1-1-1-1", "a".repeat(500))) {
            for (var path : java.util.List.of("/api/v1/sources/", "/api/v1/backups/")) {
                var answer = API.get(path + id);
                assertThat(answer.status()).as(path + id).isEqualTo(404);
                assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            }
        }
    }

    @Test
    void a_test_is_what_the_workers_preflight_finds() throws Exception {
        var id = id(API.post("/api/v1/sources", source("tested", "hunter2")));
        var asked = new AtomicReference<String>();
        API.worker().on("/internal/v1/preflight", exchange -> {
            asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var found = "{\"passed\":false,\"checks\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, found.length);
            exchange.getResponseBody().write(found);
        });

        var tested = API.send("POST", "/api/v1/sources/" + id + "/test", null);

        assertThat(tested.status()).as(tested.text()).isEqualTo(200);
        assertThat(tested.header("content-type")).isEqualTo("application/json");
        assertThat(tested.json().get("passed").asBoolean()).isFalse();
        var request = JsonMapper.shared().readTree(asked.get());
        assertThat(request.get("sourceName").asString()).isEqualTo("tested");
        assertThat(request.get("connection").get("database").asString()).isEqualTo("shop");
        assertThat(request.get("connection").get("sslMode").asString()).isEqualTo("prefer");
        var sealed = new SealedSecret(request.get("sealedPassword").asString());
        assertThat(SealOpener.open(sealed, API.identity())).isEqualTo("hunter2");
    }

    @Test
    void what_is_not_stored_yet_is_tested_with_its_password_sealed_and_is_not_stored_by_that() throws Exception {
        var asked = new AtomicReference<String>();
        API.worker().on("/internal/v1/preflight", exchange -> {
            asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var found = "{\"passed\":true,\"serverVersion\":\"17.2\",\"checks\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, found.length);
            exchange.getResponseBody().write(found);
        });

        var tested = API.post("/api/v1/sources/test", source("only tested", "hunter3"));
        var incomplete = API.post("/api/v1/sources/test", "{\"name\": \"only tested\"}");

        assertThat(tested.status()).as(tested.text()).isEqualTo(200);
        assertThat(tested.json().get("serverVersion").asString()).isEqualTo("17.2");
        var request = JsonMapper.shared().readTree(asked.get());
        assertThat(asked.get()).doesNotContain("hunter3");
        var sealed = new SealedSecret(request.get("sealedPassword").asString());
        assertThat(SealOpener.open(sealed, API.identity())).isEqualTo("hunter3");
        assertThat(API.bean(Sources.class).keep("only tested")).isEmpty();
        assertThat(incomplete.status()).isEqualTo(400);
    }

    @Test
    void who_changes_what_somebody_else_has_changed_meanwhile_is_told() {
        var id = API.createSource("two tabs");
        var path = "/api/v1/sources/" + id;
        var first = API.get(path).header("etag");

        var changed = API.send("PUT", path, source("two tabs, first", "x"), "If-Match", first);
        var late = API.send("PUT", path, source("two tabs, second", "x"), "If-Match", first);
        var lateDelete = API.send("DELETE", path, null, "If-Match", first);
        var weak = API.send("PUT", path, source("two tabs, weak", "x"), "If-Match", "W/" + changed.header("etag"));
        var broken = API.send("PUT", path, source("two tabs, broken", "x"), "If-Match", "1");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("etag"))
                .isNotEqualTo(first)
                .isEqualTo(API.get(path).header("etag"));
        for (var refused : java.util.List.of(late, lateDelete, weak)) {
            assertThat(refused.status()).isEqualTo(412);
            assertThat(refused.json().get("code").asString()).isEqualTo("SOURCE_CHANGED");
        }
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.json().get("errors").get(0).get("header").asString()).isEqualTo("If-Match");
        assertThat(API.get(path).json().get("name").asString()).isEqualTo("two tabs, first");
        assertThat(API.send("PUT", path, source("two tabs, any", "x"), "If-Match", "*")
                        .status())
                .isEqualTo(200);
        assertThat(API.send("DELETE", path, null, "If-Match", API.get(path).header("etag"))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void a_paused_source_takes_no_new_backups_until_it_is_resumed() {
        var id = API.createSource("paused");
        var path = "/api/v1/sources/" + id;
        var before = API.post("/api/v1/backups", "{\"source\": \"paused\"}").header("location");
        API.bean(JdbcClient.class)
                .sql(
                        "update backup set status = 'FAILED', ended_status = 'FAILED', ended_sequence = newest_sequence + 1,"
                                + " finished_at = now(), artifacts = '[]' where source_id = ?::uuid")
                .param(id)
                .update();

        var paused = API.send("PUT", path, source("paused", "x").replace("{", "{\"paused\": true, "));
        var refused = API.post("/api/v1/backups", "{\"source\": \"paused\"}");
        var retried = API.send("POST", before + "/retry", null);
        var kept = API.send("PUT", path, source("paused", "y"));
        API.send("PUT", path, source("paused", "y").replace("{", "{\"paused\": false, "));

        assertThat(paused.json().get("paused").asBoolean()).isTrue();
        for (var answer : java.util.List.of(refused, retried)) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(409);
            assertThat(answer.json().get("code").asString()).isEqualTo("SOURCE_PAUSED");
            assertThat(answer.json().get("fix").asString()).isNotEmpty();
        }
        assertThat(kept.json().get("paused").asBoolean()).isTrue();
        assertThat(API.post("/api/v1/backups", "{\"source\": \"paused\"}").status())
                .isEqualTo(202);
    }

    @Test
    void a_worker_that_fails_is_told_apart_from_a_source_that_fails() {
        var id = API.createSource("untestable");
        API.worker().on("/internal/v1/preflight", exchange -> exchange.sendResponseHeaders(500, -1));

        var tested = API.send("POST", "/api/v1/sources/" + id + "/test", null);

        assertThat(tested.status()).isEqualTo(502);
        assertThat(tested.json().get("code").asString()).isEqualTo("UPSTREAM_FAILED");
    }

    private static String source(String name, String password) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("name", name)
                .put("host", "127.0.0.1")
                .put("port", 5432)
                .put("database", "shop")
                .put("username", "shop")
                .put("password", password)
                .toString();
    }

    private static String id(RunningApi.Answer created) {
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json().get("id").asString();
    }

    private static SealedSecret stored(String id) {
        return new SealedSecret(API.bean(JdbcClient.class)
                .sql("select sealed_password from source where id = ?::uuid")
                .param(id)
                .query(String.class)
                .single());
    }
}
