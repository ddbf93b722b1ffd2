package dev.holdfast.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {
    private static final String CANARY = "c4n4ry-p4ssw0rd";

    @Test
    void a_password_is_in_no_answer_no_log_no_event_and_no_table(CapturedOutput output) {
        try (var api = RunningApi.start(
                        "--logging.level.org.springframework.web=DEBUG", "--logging.level.dev.holdfast=TRACE");
                var wire = new Wire(api)) {
            var answers = new StringBuilder();
            answers.append(api.post("/api/v1/sources", source("canary", CANARY)).text());
            answers.append(api.post("/api/v1/sources", source("canary", CANARY)).text());
            answers.append(api.post("/api/v1/sources", source("broken\\u0000", CANARY)).text());
            answers.append(api.post("/api/v1/sources", source("canary2", CANARY + "\\n")).text());
            answers.append(api.post("/api/v1/sources", "{\"password\": " + CANARY + "}").text());
            answers.append(api.post("/api/v1/sources", "{\"password\": \"" + CANARY + "\", \"password\": 1}").text());
            answers.append(api.post("/api/v1/sources", "{\"password\": [\"" + CANARY + "\"]}").text());
            answers.append(api.post("/api/v1/sources", "{\"port\": \"" + CANARY + "\"}").text());
            answers.append(api.get("/api/v1/sources").text());
            answers.append(api.post("/api/v1/backups", "{\"source\": \"canary\"}").text());
            var id = api.get("/api/v1/backups").json().get("items").get(0).get("id").asString();
            await().atMost(Duration.ofSeconds(20)).until(() -> tables(api).contains("backup.requested.v1"));
            answers.append(api.send("POST", "/api/v1/sources/" + id + "/test", null).text());

            assertThat(answers).doesNotContain(CANARY);
            assertThat(tables(api)).contains("canary").doesNotContain(CANARY);
            assertThat(output.getAll().lines().filter(line -> line.contains(CANARY))).isEmpty();
            assertThat(output.getAll()).contains("source", "canary", "DEBUG");
        }
    }

    private static String source(String name, String password) {
        return """
                {"name": "%s", "host": "127.0.0.1", "port": 5432, "database": "shop", "username": "shop",
                 "password": "%s"}""".formatted(name, password);
    }

    private static String tables(RunningApi api) {
        var jdbc = api.bean(JdbcClient.class);
        var dump = new StringBuilder();
        for (var table : new String[] {"source", "backup", "live_event", "idempotent_request", "outbox"}) {
            jdbc.sql("select t::text from " + table + " t").query(String.class).list().forEach(dump::append);
        }
        return dump.toString();
    }
}
