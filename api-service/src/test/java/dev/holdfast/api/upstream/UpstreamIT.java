package dev.holdfast.api.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class UpstreamIT {
    private static final RunningApi API = RunningApi.shared();

    @Test
    void the_other_services_are_shown_the_token_and_not_what_the_caller_has_shown() {
        var shown = new AtomicReference<List<String>>();
        API.worker().on("/internal/v1/doctor", exchange -> {
            shown.set(exchange.getRequestHeaders().get("Authorization"));
            exchange.sendResponseHeaders(200, -1);
        });

        API.get("/api/v1/doctor", "Authorization", "Bearer " + RunningApi.TOKEN);

        assertThat(shown.get()).containsExactly("Bearer " + RunningApi.INTERNAL_TOKEN);
    }

    @Test
    void the_token_does_not_follow_a_redirect() {
        var followed = new AtomicReference<>(false);
        API.worker().on("/elsewhere", exchange -> {
            followed.set(true);
            exchange.sendResponseHeaders(200, -1);
        });
        API.worker().on("/api/v1/parked-messages", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });

        var answer = API.get("/api/v1/parked-messages");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(followed.get()).isFalse();
    }

    @Test
    void a_token_that_the_other_service_does_not_take_is_said_with_what_to_do() {
        API.worker().on("/internal/v1/doctor", exchange -> exchange.sendResponseHeaders(401, -1));

        var answer = API.get("/api/v1/doctor");

        assertThat(answer.text()).contains("HOLDFAST_INTERNAL_TOKEN").doesNotContain(RunningApi.INTERNAL_TOKEN);
    }
}
