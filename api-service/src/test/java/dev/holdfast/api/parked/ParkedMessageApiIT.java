package dev.holdfast.api.parked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParkedMessageApiIT {
    private static final RunningApi API = RunningApi.shared();
    private static final String PATH = "/api/v1/parked-messages";
    private static final String ONE = PATH + "/01890a5d-ac96-774b-bcce-b302099a8057";

    @ParameterizedTest
    @CsvSource({
        "GET, '', 200",
        "GET, /01890a5d-ac96-774b-bcce-b302099a8057, 200",
        "POST, /01890a5d-ac96-774b-bcce-b302099a8057/replay, 202",
        "POST, /01890a5d-ac96-774b-bcce-b302099a8057/replay, 409",
        "DELETE, /01890a5d-ac96-774b-bcce-b302099a8057, 204",
    })
    void what_is_asked_of_parked_messages_is_passed_on_and_its_answer_back(String method, String path, int status) {
        var asked = answer(PATH + path, status);

        var answer = API.send(method, PATH + path, null);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(status == 204 ? "" : "{}");
        assertThat(asked).containsExactly(method + " " + PATH + path);
    }

    @Test
    void why_the_other_service_can_not_do_it_now_is_told_in_its_own_words_and_when_to_try_again() {
        API.worker().on(ONE + "/replay", exchange -> {
            var problem = "{\"code\": \"BROKER_UNAVAILABLE\", \"detail\": \"it stays parked\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.getResponseHeaders().set("Retry-After", "7");
            exchange.sendResponseHeaders(503, problem.length);
            exchange.getResponseBody().write(problem);
        });

        var answer = API.send("POST", ONE + "/replay", null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.header("retry-after")).isEqualTo("7");
        assertThat(answer.json().get("code").asString()).isEqualTo("BROKER_UNAVAILABLE");
        assertThat(answer.json().get("detail").asString()).isEqualTo("it stays parked");
    }

    @Test
    void a_service_that_says_no_more_than_503_is_not_ready() {
        API.worker().on(ONE + "/replay", exchange -> exchange.sendResponseHeaders(503, -1));

        var answer = API.send("POST", ONE + "/replay", null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isNotBlank();
        assertThat(answer.json().get("code").asString()).isEqualTo("UPSTREAM_UNAVAILABLE");
    }

    @Test
    void what_the_other_service_does_not_have_is_a_problem() {
        answer(ONE, 404);
        var missing = API.send("DELETE", ONE, null);

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().get("code").asString()).isEqualTo("NOT_FOUND");
        assertThat(API.get(PATH + "/none").status()).isEqualTo(404);
        assertThat(API.get(PATH + "?kyu=x").status()).isEqualTo(400);
    }

    private static List<String> answer(String path, int status) {
        var asked = new CopyOnWriteArrayList<String>();
        API.worker().on(path, exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            var body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", status < 400 ? "application/json" : "application/problem+json");
            exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
            if (status != 204) {
                exchange.getResponseBody().write(body);
            }
        });
        return asked;
    }
}
