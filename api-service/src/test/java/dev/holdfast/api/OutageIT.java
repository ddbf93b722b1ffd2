package dev.holdfast.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.RunningApi.Answer;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
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
    void trouble_of_the_database_that_passes_is_told_as_such_and_leaves_nothing_half_done() {
        try (var api = RunningApi.start()) {
            api.createSource("trouble");
            int accepted = 0;
            for (var state : List.of("53100", "53300", "40P01", "40001", "25006", "57P03", "58030")) {
                // The server's own word for it, at the last statement of the request's transaction.
                sql(api, """
                        create or replace function api.trouble() returns trigger language plpgsql as
                        $$ begin raise exception 'trouble' using errcode = '%s'; end $$""".formatted(state));
                sql(api, "create trigger trouble before insert on api.outbox execute function api.trouble()");

                assertOutage(api.post("/api/v1/backups", "{\"source\": \"trouble\"}"));
                assertOutage(api.post("/api/v1/backups", "{\"source\": \"trouble\"}", "Idempotency-Key", state));
                assertThat(api.get("/api/v1/backups").json().get("items")).hasSize(accepted);

                sql(api, "drop trigger trouble on api.outbox");
                var again = api.post("/api/v1/backups", "{\"source\": \"trouble\"}", "Idempotency-Key", state);
                assertThat(again.status()).isEqualTo(202);
                accepted++;
                assertThat(api.get("/api/v1/backups").json().get("items")).hasSize(accepted);
            }
        }
    }

    @Test
    void a_database_that_is_read_only_can_be_read_and_its_events_wait() {
        try (var api = RunningApi.start();
                var wire = new Wire(api)) {
            var source = api.createSource("standby");
            var backup =
                    api.post("/api/v1/backups", "{\"source\": \"standby\"}").header("location");
            readOnly(api, true);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> api.get("/api/v1/backups").status() == 200);
            assertOutage(api.post("/api/v1/backups", "{\"source\": \"standby\"}"));
            assertOutage(api.send("DELETE", "/api/v1/sources/" + source, null));
            wire.say(
                    new BackupStarted(
                            BackupId.of(backup.substring(backup.lastIndexOf('/') + 1)),
                            SourceId.of(source),
                            "standby",
                            1,
                            "worker",
                            "17",
                            "17"),
                    Long.MAX_VALUE / 2);
            assertThat(api.get(backup).json().get("status").asString()).isEqualTo("requested");

            readOnly(api, false);

            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> api.get(backup).json().get("status").asString().equals("running"));
        }
    }

    @Test
    void a_pool_that_is_used_up_is_an_outage_and_not_a_queue_without_an_end() throws SQLException {
        try (var api = RunningApi.start(
                        "--spring.datasource.hikari.connection-timeout=1000",
                        "--spring.datasource.hikari.maximum-pool-size=4");
                var blocker = api.database().dataSource("postgres").getConnection();
                var waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            api.createSource("pool");
            blocker.setAutoCommit(false);
            try (var statement = blocker.createStatement()) {
                statement.execute("lock table api.backup in access exclusive mode");
            }
            for (int i = 0; i < 8; i++) {
                waiting.submit(() -> api.get("/api/v1/backups"));
            }

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertOutage(api.post("/api/v1/backups", "{\"source\": \"pool\"}")));
            assertOutage(api.get("/api/v1/sources"));
            assertThat(api.get("/actuator/health/liveness").status()).isEqualTo(200);
            blocker.rollback();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> api.post("/api/v1/backups", "{\"source\": \"pool\"}")
                                    .status()
                            == 202);
        }
    }

    private static void readOnly(RunningApi api, boolean on) {
        sql(api, "alter database postgres set default_transaction_read_only = " + on);
        sql(
                api,
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'postgres' and pid <> pg_backend_pid()");
    }

    private static void sql(RunningApi api, String sql) {
        try (var connection = api.database().dataSource("postgres").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set session characteristics as transaction read write");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
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
            assertThat(api.get(accepted.header("location")).json().get("status").asString())
                    .isEqualTo("requested");
        }
    }

    @Test
    void without_the_services_behind_it_each_door_says_which_one_is_missing() {
        try (var api = RunningApi.shared()
                .another(
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
