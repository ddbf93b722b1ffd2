package dev.holdfast.api.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LogApiIT {
    private static final RunningApi API = RunningApi.shared();

    @Test
    void a_search_goes_through_with_its_parameters_and_its_answer_comes_back() {
        var asked = new AtomicReference<String>();
        answer(200, "application/json", "{\"items\":[],\"next\":null}", asked);

        var answer = API.get("/api/v1/log?source=a%20%26%20b&text=%7Bx%7D%25%C3%BC%2B+y&limit=5");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.text()).isEqualTo("{\"items\":[],\"next\":null}");
        assertThat(asked.get().split("&"))
                .containsExactlyInAnyOrder("source=a%20%26%20b", "text=%7Bx%7D%25%C3%BC%2B%20y", "limit=5");
    }

    @Test
    void what_is_wrong_with_a_search_is_said_by_the_one_who_knows() {
        answer(400, "application/problem+json", "{\"code\":\"X\"}", new AtomicReference<>());

        var answer = API.get("/api/v1/log?level=loud");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.text()).isEqualTo("{\"code\":\"X\"}");
    }

    private static void answer(int status, String type, String body, AtomicReference<String> asked) {
        API.worker().on("/api/v1/log", exchange -> {
            asked.set(exchange.getRequestURI().getRawQuery());
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }
}
