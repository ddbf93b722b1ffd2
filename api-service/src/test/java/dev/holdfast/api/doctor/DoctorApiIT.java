package dev.holdfast.api.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import dev.holdfast.api.RunningApi.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoctorApiIT {
    private static final RunningApi API = RunningApi.shared();

    @BeforeEach
    void theNotificationServiceIsReady() {
        API.worker().on("/actuator/health/readiness", exchange -> exchange.sendResponseHeaders(200, -1));
    }

    @Test
    void the_workers_diagnosis_comes_first_then_what_the_services_stand_on() {
        workerFinds("""
                {"status": "pass", "checkedAt": "2026-01-02T03:04:05Z", "checks": [
                   {"name": "container-user", "title": "User", "status": "pass", "evidence": "uid 1001", "remedies": []}],
                 "worker": {"name": "w1", "tools": [{"version": "17.2", "directory": "/usr/bin"}],
                   "volume": {"root": "/app/backups", "totalBytes": 100, "freeBytes": 60}}, "workers": [{"name": "w1", "tools": [{"version": "17.2", "directory": "/usr/bin"}], "running": 2,
                   "since": "2026-01-02T03:04:05Z", "seenAt": "2026-01-02T03:04:05Z", "silent": false},
                  {"name": "w2", "tools": [], "running": 0, "since": "2026-01-01T00:00:00Z", "seenAt": "2026-01-01T01:00:00Z",
                   "silent": true}], "ofTomorrow": 1}""");

        var answer = API.get("/api/v1/doctor");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("status").asString()).isEqualTo("pass");
        assertThat(statuses(answer))
                .containsExactly("container-user pass", "database pass", "broker pass", "notification-service pass");
        assertThat(evidence(answer, 1)).startsWith("PostgreSQL ").contains("database postgres");
        assertThat(evidence(answer, 2))
                .contains(" answers at localhost:" + API.broker().port());
        assertThat(answer.json().get("worker").get("volume").get("freeBytes").asLong())
                .isEqualTo(60);
        assertThat(answer.json()
                        .get("worker")
                        .get("tools")
                        .get(0)
                        .get("version")
                        .asString())
                .isEqualTo("17.2");
        assertThat(answer.json().get("workers"))
                .extracting(
                        one -> one.get("name").asString() + one.get("running").asInt())
                .containsExactly("w12", "w20");
    }

    @Test
    void the_worker_is_told_which_sources_there_are_for_it_knows_of_none_that_was_deleted() {
        var kept = API.createSource("kept");
        var deleted = API.createSource("deleted");
        API.send("DELETE", "/api/v1/sources/" + deleted, null);
        var asked = new AtomicReference<String>();
        API.worker().on("/internal/v1/doctor", exchange -> {
            asked.set(exchange.getRequestMethod()
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(500, -1);
        });

        API.get("/api/v1/doctor");

        assertThat(asked.get()).startsWith("POST{").contains(kept).doesNotContain(deleted);
    }

    @Test
    void a_broker_that_is_gone_and_a_silent_notification_service_are_findings_with_what_to_type() {
        workerFinds("{\"status\": \"pass\", \"checkedAt\": \"2026-01-02T03:04:05Z\", \"checks\": []}");
        try (var api = RunningApi.start("--holdfast.notification.url=http://127.0.0.1:1")) {
            api.createSource("shop");
            api.broker().close();
            api.post("/api/v1/backups", "{\"source\": \"shop\"}");

            var answer = api.get("/api/v1/doctor");

            assertThat(answer.json().get("status").asString()).isEqualTo("fail");
            assertThat(statuses(answer)).endsWith("database pass", "broker fail", "notification-service fail");
            var checks = answer.json().get("checks");
            var broker = checks.get(checks.size() - 2);
            assertThat(broker.get("evidence").asString())
                    .contains(":" + api.broker().port(), "events wait for it", "nothing is lost");
            assertThat(broker.get("remedies").toString()).contains("docker compose logs rabbitmq");
            var notification = checks.get(checks.size() - 1);
            assertThat(notification.get("evidence").asString()).contains("does not answer at http://127.0.0.1:1");
            assertThat(notification.get("remedies").toString()).contains("docker compose logs notification-service");
        }
    }

    @Test
    void a_worker_that_does_not_answer_is_the_finding() {
        try (var api = API.another("--holdfast.worker.url=http://127.0.0.1:1")) {
            api.worker().on("/actuator/health/readiness", exchange -> exchange.sendResponseHeaders(200, -1));
            assertFinding(api.get("/api/v1/doctor"), "the backup-worker does not answer at http://127.0.0.1:1");
        }
    }

    @Test
    void a_worker_that_answers_with_an_error_is_the_finding_too() {
        API.worker().on("/internal/v1/doctor", exchange -> exchange.sendResponseHeaders(500, -1));

        assertFinding(API.get("/api/v1/doctor"), "the backup-worker answered with 500");
    }

    private static void assertFinding(Answer answer, String evidence) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        var report = answer.json();
        assertThat(report.get("status").asString()).isEqualTo("fail");
        assertThat(Instant.parse(report.get("checkedAt").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(report.get("checks"))
                .extracting(check ->
                        check.get("name").asString() + " " + check.get("status").asString())
                .containsExactly(
                        "container-user skipped",
                        "directory-permissions skipped",
                        "volume-ownership skipped",
                        "worker-log fail",
                        "failed-backup-log skipped",
                        "database pass",
                        "broker pass",
                        "notification-service pass");
        var check = report.get("checks").get(3);
        assertThat(check.get("evidence").asString()).isEqualTo(evidence);
        assertThat(check.get("remedies"))
                .extracting(remedy -> remedy.get("commands").get(0).asString())
                .containsExactly("docker compose ps", "docker compose logs backup-worker", "./holdfast up");
        assertThat(check.get("remedies").get(0).get("destructive").asBoolean()).isFalse();
    }

    private static void workerFinds(String diagnosis) {
        API.worker().on("/internal/v1/doctor", exchange -> {
            var bytes = diagnosis.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    private static List<String> statuses(Answer answer) {
        var statuses = new ArrayList<String>();
        answer.json()
                .get("checks")
                .forEach(check -> statuses.add(
                        check.get("name").asString() + " " + check.get("status").asString()));
        return statuses;
    }

    private static String evidence(Answer answer, int check) {
        return answer.json().get("checks").get(check).get("evidence").asString();
    }
}
