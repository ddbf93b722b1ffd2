package dev.holdfast.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import dev.holdfast.api.RunningApi.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class PagesIT {
    private static final RunningApi API = RunningApi.shared();
    private static final String XSS = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>";
    private static final String XSS_JSON = XSS.replace("\"", "\\\"");

    @BeforeEach
    void everybodyAnswers() {
        answer("/actuator/health/readiness", "{}");
        answer("/internal/v1/doctor", """
                {"status": "fail", "checkedAt": "2026-01-02T03:04:05Z", "checks": [
                   {"name": "directory-permissions", "title": "A file can be written", "status": "fail", "evidence": "%1$s",
                    "remedies": [{"title": "%1$s", "commands": ["chown %1$s"], "destructive": true}]}],
                 "worker": {"name": "w1", "tools": [{"version": "17.2", "directory": "/usr/bin"}],
                   "volume": {"root": "/app/backups", "totalBytes": 1000000, "freeBytes": 600000}}, "workers": [{"name": "w1", "tools": [{"version": "17.2", "directory": "/usr/bin"}], "running": 2,
                   "since": "2026-01-02T03:04:05Z", "seenAt": "2026-01-02T03:04:05Z", "silent": false},
                  {"name": "w2", "tools": [], "running": 0, "since": "2026-01-01T00:00:00Z", "seenAt": "2026-01-01T01:00:00Z",
                   "silent": true}]}""".formatted(XSS_JSON));
    }

    @AfterEach
    void nobodyAnswersMore() {
        for (var path : new String[] {"/api/v1/log", "/api/v1/alerts", "/api/v1/channels", "/api/v1/parked-messages"}) {
            API.worker().on(path, exchange -> exchange.sendResponseHeaders(404, -1));
        }
    }

    @Test
    void the_sources_are_there_with_how_they_stand() {
        var id = API.createSource("at a glance");
        complete(backup("at a glance"), 1000, 2);
        complete(backup("at a glance"), 3000, 4);
        fail(backup("at a glance"));

        var list = page("/sources?text=AT%20A%20glance").text();
        var one = page("/sources/" + id).text();

        assertThat(list)
                .contains(
                        "at a glance", "STORAGE_FULL", "Sizes of the last 2 completed backups: from 1000 B to 2.9 KiB");
        assertThat(one).contains("Last good backup", "2.9 KiB", "4.0 s", "<polyline", "STORAGE_FULL", "Settings");
        assertThat(one.split("<time", -1)).as("times").hasSize(1 + 1 + 3 + 1);
        assertNothingInline(one);
    }

    @Test
    void a_pasted_connection_string_is_all_that_a_source_needs() {
        var added = form("/sources", "address", "postgresql://me:p%40ss@[2001:db8::7]:6432/paste%20d?sslmode=require");

        assertThat(added.status()).as(added.text()).isIn(302, 303);
        var shown = page(added.header("location")).text();
        assertThat(shown)
                .contains("paste d", "2001:db8::7:6432", "require", "The database is added")
                .doesNotContain("p@ss");
    }

    @Test
    void what_is_wrong_is_said_at_its_field_and_no_secret_comes_back() {
        var unreadable = form("/sources", "address", "postgresql://me:hunter2@a,b/d");
        var incomplete =
                form("/sources", "address", "", "name", XSS, "host", "no host", "port", "x", "password", "hunter2");

        var untestable = form("HX-Request", "/sources/test", "address", "", "host", "db", "password", "hunter2");

        assertThat(untestable.text())
                .contains("This can't be tested yet", "database", "is required")
                .doesNotContain("1 to 200 characters", "hunter2");
        assertThat(unreadable.text()).doesNotContain("be tested yet");
        assertThat(unreadable.status()).isEqualTo(400);
        assertThat(unreadable.text())
                .contains("it names several hosts", "id=\"address-error\"")
                .doesNotContain("hunter2");
        assertThat(incomplete.status()).isEqualTo(400);
        assertThat(incomplete.text())
                .contains("must be a host name", "id=\"port-error\"", "id=\"password-error\"", "enter it once more")
                .doesNotContain("hunter2", "<script>alert", "<img src=x");
    }

    @Test
    void a_test_shows_each_finding_with_what_to_do() {
        var asked = new AtomicReference<String>();
        API.worker().on("/internal/v1/preflight", exchange -> {
            asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var found = """
                    {"passed": false, "serverVersion": "17.2", "toolVersion": "17.4", "databaseSizeBytes": 2048, "checks": [
                      {"name": "connection", "status": "passed", "detail": "server 17.2"},
                      {"name": "privileges", "status": "failed", "detail": "%s", "failure": {"code": "SOURCE_PRIVILEGE_MISSING",
                        "summary": "s", "detail": "d", "cause": "c", "remedies": [
                          {"title": "Grant it", "commands": ["grant select on t to me"], "destructive": false}], "retryable": false}}]}""".formatted(XSS_JSON).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, found.length);
            exchange.getResponseBody().write(found);
        });

        var whole = form("/sources/test", "address", "postgresql://me:hunter2@db/shop");
        var partial = form("HX-Request", "/sources/test", "address", "postgresql://me:hunter2@db/shop");

        assertThat(asked.get()).contains("\"database\":\"shop\"").doesNotContain("hunter2");
        for (var answer : new Answer[] {whole, partial}) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text())
                    .contains(
                            "A backup would not work yet",
                            "grant select on t to me",
                            "SOURCE_PRIVILEGE_MISSING",
                            "2.0 KiB")
                    .doesNotContain("hunter2", "<script>alert", "<img src=x");
        }
        assertThat(whole.text()).contains("<html");
        assertThat(partial.text()).doesNotContain("<html");
    }

    @Test
    void of_two_tabs_the_second_one_is_told() {
        var id = API.createSource("tabs");
        var edit = page("/sources/" + id + "/edit").text();
        assertThat(edit)
                .contains("Set; leave empty to keep it", "value=\"&quot;1&quot;\"")
                .doesNotContain("secret\"");

        var first = form(edited(id, "tabs one"));
        var second = form(edited(id, "tabs two"));

        assertThat(first.status()).as(first.text()).isIn(302, 303);
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.text()).contains("The source was changed since it was read", "tabs two");
        assertThat(API.get("/api/v1/sources/" + id).json().get("name").asString())
                .isEqualTo("tabs one");
    }

    @Test
    void a_stored_password_is_asked_for_again_where_the_server_changes_and_is_not_tested_there() {
        var id = API.createSource("stored password");
        var asked = new AtomicReference<String>();
        API.worker().on("/internal/v1/preflight", exchange -> {
            asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            write(exchange, "{\"passed\": true, \"checks\": []}");
        });
        var path = "/sources/" + id + "/edit";
        var pasted = "postgresql://shop@elsewhere:5432/shop";

        var saved = form(path, "address", pasted, "version", "\"1\"");
        var tested = form(path + "/test", "address", pasted);
        var partial = form("HX-Request", path + "/test", "address", pasted);

        for (var refused : new Answer[] {saved, tested}) {
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text()).contains("id=\"password-error\"");
        }
        // htmx shows the answer only where it is a success.
        assertThat(partial.status()).isEqualTo(200);
        assertThat(partial.text()).contains("Give the password again: the stored one is only for 127.0.0.1:5432");
        assertThat(asked.get()).isNull();
        assertThat(API.get("/api/v1/sources/" + id).json().get("host").asString())
                .isEqualTo("127.0.0.1");
        var same = form("HX-Request", path + "/test", "address", "postgresql://shop@127.0.0.1:5432/other");
        assertThat(same.text()).contains("A backup would work now");
        assertThat(asked.get()).contains("\"database\":\"other\"");
    }

    @Test
    void pausing_resuming_and_deleting_say_what_they_did() {
        var id = API.createSource("settled");

        assertThat(page(form("/sources/" + id + "/pause").header("location")).text())
                .contains("Paused: new backups of it are refused", "Resume");
        assertThat(page(form("/sources/" + id + "/resume").header("location")).text())
                .contains("takes backups again");
        var mistyped = form("/sources/" + id + "/delete", "typed", "other", "version", "\"3\"");
        var outdated = form("/sources/" + id + "/delete", "typed", "settled", "version", "\"1\"");
        var deleted = form("/sources/" + id + "/delete", "typed", "settled", "version", "\"3\"");

        assertThat(mistyped.text()).contains("nothing was deleted");
        assertThat(outdated.text()).contains("The source was changed since it was read");
        assertThat(page(deleted.header("location")).text()).contains("The source is deleted");
        assertThat(API.get("/api/v1/sources/" + id).status()).isEqualTo(404);
    }

    @Test
    void the_health_page_shows_every_check_and_how_long_the_room_lasts() {
        API.createSource("forecast");
        complete(backup("forecast"), 1000, 1);

        var page = page("/health").text();

        assertThat(page)
                .contains(
                        "A file can be written",
                        "PostgreSQL ",
                        "The broker takes events",
                        "Room for about",
                        "17.2",
                        "2 backups",
                        "none is installed",
                        "Not heard of",
                        "deletes data")
                .doesNotContain("<script>alert", "<img src=x");
        assertNothingInline(page);
    }

    @Test
    void the_log_shows_its_filter_and_its_pages() {
        var asked = new AtomicReference<String>();
        API.worker().on("/api/v1/log", exchange -> {
            asked.set(exchange.getRequestURI().getRawQuery());
            write(exchange, """
                    {"items": [{"id": 1, "eventId": "01890a5d-ac96-774b-bcce-b302099a8057", "time": "2026-01-02T03:04:05Z",
                      "recordedAt": "2026-01-02T03:04:05Z", "type": "dev.holdfast.backup.failed.v1", "level": "error",
                      "sourceId": null, "source": "%1$s", "backupId": "01890a5d-ac96-774b-bcce-b302099a8057", "attempt": 1,
                      "message": "%1$s", "data": {}}], "next": "a+b"}""".formatted(XSS_JSON));
        });

        var page = page("/log?source=a%20b&from=2026-01-01T00:00&type=dev.holdfast.backup.failed.v1&level=")
                .text();

        assertThat(asked.get().split("&"))
                .containsExactlyInAnyOrder(
                        "source=a%20b", "from=2026-01-01T00%3A00%3A00Z", "type=dev.holdfast.backup.failed.v1");
        assertThat(page)
                .contains("backup.failed", "cursor=a%2Bb", "source=a%20b", "&lt;script&gt;")
                .doesNotContain("<script>alert", "<img src=x");
        assertNothingInline(page);
    }

    @Test
    void alerts_show_what_happened_and_who_was_told() {
        answer("/api/v1/alerts", """
                {"items": [{"id": "01890a5d-ac96-774b-bcce-b302099a8057", "state": "open", "code": "STORAGE_FULL", "permission": true,
                  "title": "%1$s", "summary": "%1$s", "cause": "c", "remedies": [{"title": "Make room", "commands": ["df -h"],
                  "destructive": false}], "since": "2026-01-02T03:04:05Z", "lastFailureAt": "2026-01-02T03:04:05Z", "resolvedAt": null,
                  "failures": 3, "backups": ["01890a5d-ac96-774b-bcce-b302099a8057"], "sources": ["%1$s"],
                  "lastGoodBackup": {"id": "01890a5d-ac96-774b-bcce-b302099a8057", "source": "s", "at": "2026-01-02T03:04:05Z",
                  "path": "/p"}, "deliveries": [{"channel": "email", "kind": "raised", "status": "failed", "attempts": 2,
                  "sentAt": null, "lastError": "%1$s"}]}], "next": null}""".formatted(XSS_JSON));

        var page = page("/alerts?state=open").text();

        assertThat(page)
                .contains("df -h", "raised", "STORAGE_FULL", "permission", "&lt;script&gt;")
                .doesNotContain("<script>alert", "<img src=x");
        assertNothingInline(page);
    }

    @Test
    void a_channel_is_tested_and_says_how_it_went() {
        answer("/api/v1/channels", """
                {"items": [{"name": "email", "kind": "email", "configured": true, "target": "%1$s", "problem": null, "settings": "set x",
                  "lastDelivery": null}, {"name": "slack", "kind": "slack", "configured": false, "target": null, "problem": null,
                  "settings": "set HOLDFAST_ALERT_SLACK_WEBHOOKURL", "lastDelivery": null}]}""".formatted(XSS_JSON));
        answer("/api/v1/channels/email/test", """
                {"channel": "email", "target": "ops@example.org", "delivered": false, "tookMillis": 12, "failure": {"code": "UNREACHABLE",
                  "summary": "%1$s", "cause": "c", "remedies": [{"title": "t", "commands": ["nc -vz mail 25"], "destructive": false}],
                  "retryable": true}}""".formatted(XSS_JSON));

        API.worker().on("/api/v1/channels/slack/test", exchange -> {
            var bytes = "{\"detail\": \"the channel is not set up\", \"fix\": \"set HOLDFAST_ALERT_SLACK_WEBHOOKURL\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(409, bytes.length);
            exchange.getResponseBody().write(bytes);
        });

        var page = page("/channels").text();
        var whole = form("/channels/email/test").text();
        var partial = form("HX-Request", "/channels/email/test").text();

        assertThat(page)
                .contains("set HOLDFAST_ALERT_SLACK_WEBHOOKURL", "Send a test")
                .doesNotContain("<img src=x");
        assertThat(whole).contains("nc -vz mail 25", "<html").doesNotContain("<img src=x");
        assertThat(form("/channels/slack/test").text())
                .contains("This is not possible as things are", "the channel is not set up; set HOLDFAST_ALERT");
        assertThat(partial).contains("nc -vz mail 25", "id=\"result-email\"").doesNotContain("<html", "<img src=x");
        assertNothingInline(page);
    }

    @Test
    void a_parked_message_is_replayed_or_says_why_not() {
        answer("/api/v1/parked-messages", """
                {"items": [{"id": "01890a5d-ac96-774b-bcce-b302099a8057", "state": "parked", "queue": "holdfast.events.api",
                  "routingKey": "k", "reason": "%1$s", "eventId": null, "eventType": null, "contentType": null, "size": 12,
                  "excerpt": "%1$s", "times": 2, "firstParkedAt": "2026-01-02T03:04:05Z", "parkedAt": "2026-01-02T03:04:05Z",
                  "replayedAt": null}], "next": null}""".formatted(XSS_JSON));
        var one = "/parked/01890a5d-ac96-774b-bcce-b302099a8057";
        API.worker()
                .on(
                        "/api/v1/parked-messages/01890a5d-ac96-774b-bcce-b302099a8057/replay",
                        exchange -> exchange.sendResponseHeaders(202, -1));
        API.worker().on("/api/v1/parked-messages/01890a5d-ac96-774b-bcce-b302099a8057", exchange -> {
            var bytes = "{\"detail\": \"it is gone\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, bytes.length);
            exchange.getResponseBody().write(bytes);
        });

        assertThat(page("/parked").text())
                .contains("holdfast.events.api", "2 times")
                .doesNotContain("<img src=x");
        assertThat(page(form(one + "/replay").header("location")).text()).contains("back in its queue");
        assertThat(form(one + "/discard").text()).contains("it is gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/log", "/alerts", "/channels", "/parked"})
    void a_silent_notification_service_is_one_clear_sentence(String path) {
        try (var api = API.another("--holdfast.notification.url=http://127.0.0.1:1")) {
            var page = api.get(path, "Accept", "text/html");

            assertThat(page.status()).isEqualTo(503);
            assertThat(page.text()).contains("The notification-service does not answer, so", "aria-label=\"Main\"");
            assertThat(api.get("/sources", "Accept", "text/html").status()).isEqualTo(200);
        }
    }

    @Test
    void the_first_steps_begin_with_the_storage() {
        var page = page("/welcome").text();

        assertThat(page).contains("First steps", "Backups can", "be written there yet", "chown &lt;script&gt;");
        assertNothingInline(page);
    }

    private static String[] edited(String id, String name) {
        return new String[] {
            "/sources/" + id + "/edit",
            "name",
            name,
            "host",
            "127.0.0.1",
            "port",
            "5432",
            "database",
            "shop",
            "username",
            "shop",
            "version",
            "\"1\""
        };
    }

    private static String backup(String source) {
        var accepted = API.post("/api/v1/backups", "{\"source\": \"" + source + "\"}");
        return accepted.json().get("id").asString();
    }

    private static void complete(String backup, long bytes, int seconds) {
        API.bean(JdbcClient.class)
                .sql(
                        "update backup set status = 'COMPLETED', ended_status = 'COMPLETED', ended_sequence = newest_sequence + 1,"
                                + " started_sequence = newest_sequence, started_at = now(), tool_version = 'x', server_version = 'y',"
                                + " finished_at = now() + make_interval(secs => ?), artifacts = '[]', size_bytes = ?, path = '/x'"
                                + " where id = ?::uuid")
                .params(seconds, bytes, backup)
                .update();
    }

    private static void fail(String backup) {
        API.bean(JdbcClient.class)
                .sql(
                        "update backup set status = 'FAILED', ended_status = 'FAILED', ended_sequence = newest_sequence + 1,"
                                + " finished_at = now(), artifacts = '[]', failure = '{\"code\": \"STORAGE_FULL\"}' where id = ?::uuid")
                .param(backup)
                .update();
    }

    /** The policy forbids it, so it would not work. */
    private static void assertNothingInline(String page) {
        assertThat(page)
                .doesNotContainPattern("(?i)\\s(style|on[a-z]+)=\"")
                .doesNotContainPattern("<script(?![^>]* src=)");
    }

    private static Answer page(String path) {
        var local = path.startsWith("http") ? path.substring(path.indexOf('/', 8)) : path;
        var answer = API.get(local, "Accept", "text/html");
        assertThat(answer.status()).as(path + "\n" + answer.text()).isEqualTo(200);
        assertThat(answer.header("content-type")).startsWith("text/html");
        return answer;
    }

    /** @param given a header's name where it does not begin with a slash, then the path, then names and values */
    private static Answer form(String... given) {
        int path = given[0].startsWith("/") ? 0 : 1;
        var body = new StringBuilder();
        for (int at = path + 1; at < given.length; at += 2) {
            body.append(body.isEmpty() ? "" : "&")
                    .append(given[at])
                    .append('=')
                    .append(URLEncoder.encode(given[at + 1], StandardCharsets.UTF_8));
        }
        var request = API.request(given[path])
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        if (path == 1) {
            request.header(given[0], "true");
        }
        return API.send(request.build());
    }

    private static void answer(String path, String json) {
        API.worker().on(path, exchange -> write(exchange, json));
    }

    private static void write(com.sun.net.httpserver.HttpExchange exchange, String json) throws java.io.IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
