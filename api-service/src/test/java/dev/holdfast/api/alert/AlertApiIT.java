package dev.holdfast.api.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AlertApiIT {
    private static final RunningApi API = RunningApi.shared();

    @Test
    void alerts_come_from_the_notification_service_with_its_answer_as_it_is() {
        var asked = new AtomicReference<String>();
        answer(200, "application/json", "{\"items\":[{\"id\":\"a\"}],\"next\":null}", asked);

        var answer = API.get("/api/v1/alerts?state=open&cursor=x%2By&limit=5");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.text()).isEqualTo("{\"items\":[{\"id\":\"a\"}],\"next\":null}");
        assertThat(asked.get().split("&")).containsExactlyInAnyOrder("state=open", "cursor=x%2By", "limit=5");
    }

    @Test
    void what_is_wrong_with_a_parameter_is_said_by_the_one_who_knows() {
        answer(400, "application/problem+json", "{\"code\":\"X\"}", new AtomicReference<>());

        var answer = API.get("/api/v1/alerts?state=loud");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("{\"code\":\"X\"}");
    }

    @Test
    void a_parameter_that_there_is_not_is_refused() {
        var answer = API.get("/api/v1/alerts?status=open");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("parameter").asString())
                .isEqualTo("status");
    }

    private static void answer(int status, String type, String body, AtomicReference<String> asked) {
        API.worker().on("/api/v1/alerts", exchange -> {
            asked.set(exchange.getRequestURI().getRawQuery());
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }
}
