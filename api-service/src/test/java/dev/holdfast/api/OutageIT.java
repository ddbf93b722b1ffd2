package dev.holdfast.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.RunningApi.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageIT {
    @Test
    void without_its_database_the_service_says_so_and_stays_alive() {
        try (var api = RunningApi.start("--spring.datasource.hikari.connection-timeout=1000")) {
            api.createSource("outage");
            api.database().close();

            assertOutage(api.post("/api/v1/backups", "{\"source\": \"outage\"}"));
            assertOutage(api.post("/api/v1/backups", "{\"source\": \"outage\"}", "Idempotency-Key", "k"));
            assertOutage(api.get("/api/v1/backups"));
            assertOutage(api.get("/api/v1/sources/00000000-0000-0000-0000-000000000001"));
            assertOutage(api.send("DELETE", "/api/v1/sources/00000000-0000-0000-0000-000000000001", null));
            assertThat(api.get("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(api.get("/actuator/health/readiness").status()).isEqualTo(503);
        }
    }

    @Test
    void without_its_broker_requests_are_accepted_all_the_same() {
        try (var api = RunningApi.start()) {
            api.createSource("no broker");
            api.broker().close();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> api.get("/actuator/health").status() == 503);

            var accepted = api.post("/api/v1/backups", "{\"source\": \"no broker\"}");

            assertThat(accepted.status()).isEqualTo(202);
            assertThat(api.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(api.get(accepted.header("location")).json().get("status").asString()).isEqualTo("requested");
        }
    }

    @Test
    void without_the_services_behind_it_each_door_says_which_one_is_missing() {
        try (var api = RunningApi.shared().another(
                "--holdfast.worker.url=http://127.0.0.1:1",
                "--holdfast.notification.url=http://127.0.0.1:1/",
                "--holdfast.seal.recipient-file=/nonexistent/worker.key.pub")) {
            var id = RunningApi.shared().createSource("doors");
            var backup = api.post("/api/v1/backups", "{\"source\": \"doors\"}").header("location");

            var log = api.get("/api/v1/log");
            var test = api.send("POST", "/api/v1/sources/" + id + "/test", null);
            var artifact = api.get(backup + "/artifacts/database.dump");
            var sealed = api.post("/api/v1/sources", """
                    {"name": "n", "host": "h", "port": 1, "database": "d", "username": "u", "password": "hunter2"}""");

            assertProblem(log, 503, "UPSTREAM_UNAVAILABLE", "notification-service");
            assertProblem(test, 503, "UPSTREAM_UNAVAILABLE", "backup-worker");
            assertProblem(artifact, 503, "UPSTREAM_UNAVAILABLE", "backup-worker");
            assertProblem(sealed, 503, "SEAL_KEY_MISSING", "/nonexistent/worker.key.pub");
            assertThat(sealed.text()).doesNotContain("hunter2");
        }
    }

    private static void assertOutage(Answer answer) {
        assertProblem(answer, 503, "DATABASE_UNAVAILABLE", "nothing was changed");
        assertThat(answer.header("retry-after")).isNotBlank();
    }

    private static void assertProblem(Answer answer, int status, String code, String detail) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("code").asString()).isEqualTo(code);
        assertThat(answer.json().get("detail").asString()).contains(detail);
    }
}
