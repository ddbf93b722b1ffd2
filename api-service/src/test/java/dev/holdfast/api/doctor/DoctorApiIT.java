package dev.holdfast.api.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import dev.holdfast.api.RunningApi.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DoctorApiIT {
    private static final RunningApi API = RunningApi.shared();

    @Test
    void the_workers_diagnosis_goes_through_as_it_is() {
        var diagnosis = "{\"status\":\"pass\",\"checkedAt\":\"2026-01-02T03:04:05Z\",\"checks\":[]}";
        API.worker().on("/internal/v1/doctor", exchange -> {
            var bytes = diagnosis.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });

        var answer = API.get("/api/v1/doctor");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.text()).isEqualTo(diagnosis);
    }

    @Test
    void a_worker_that_does_not_answer_is_the_finding() {
        try (var api = API.another("--holdfast.worker.url=http://127.0.0.1:1")) {
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
                        "failed-backup-log skipped");
        var check = report.get("checks").get(3);
        assertThat(check.get("evidence").asString()).isEqualTo(evidence);
        assertThat(check.get("remedies"))
                .extracting(remedy -> remedy.get("commands").get(0).asString())
                .containsExactly("docker compose ps", "docker compose logs backup-worker", "./holdfast up");
        assertThat(check.get("remedies").get(0).get("destructive").asBoolean()).isFalse();
    }
}
