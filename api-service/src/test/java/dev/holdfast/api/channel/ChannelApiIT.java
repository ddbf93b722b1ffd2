package dev.holdfast.api.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelApiIT {
    private static final RunningApi API = RunningApi.shared();

    @Test
    void the_channels_come_from_the_notification_service_as_they_are() {
        answer("/api/v1/channels", 200, "application/json", "{\"items\":[]}");

        var answer = API.get("/api/v1/channels");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void a_test_is_passed_on_and_its_answer_back() {
        var method = answer("/api/v1/channels/slack/test", 200, "application/json", "{\"delivered\":false}");

        var answer = API.send("POST", "/api/v1/channels/slack/test", null);

        assertThat(method.get()).isEqualTo("POST");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"delivered\":false}");
    }

    @Test
    void why_a_channel_can_not_be_tested_is_said_by_the_one_who_knows() {
        answer("/api/v1/channels/email/test", 409, "application/problem+json", "{\"code\":\"CONFLICT\"}");

        var answer = API.send("POST", "/api/v1/channels/email/test", null);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).isEqualTo("{\"code\":\"CONFLICT\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pigeon", "..", "%2e%2e%2flog", "a%2fb", "SLACK", "%00"})
    void there_is_no_other_channel(String name) {
        var answer = API.send("POST", "/api/v1/channels/" + name + "/test", null);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.json().get("code").asString()).matches("CHANNEL_NOT_FOUND|NOT_FOUND|BAD_REQUEST");
    }

    private static AtomicReference<String> answer(String path, int status, String type, String body) {
        var method = new AtomicReference<String>();
        API.worker().on(path, exchange -> {
            method.set(exchange.getRequestMethod());
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
        return method;
    }
}
