package dev.holdfast.notification.alert;

import static dev.holdfast.common.failure.FailureCode.SOURCE_UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;
import dev.holdfast.embedded.FreePort;
import dev.holdfast.notification.channel.SlackServer;
import dev.holdfast.notification.incident.Outage;
import dev.holdfast.notification.incident.Outage.Source;
import dev.holdfast.notification.log.LogService;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What channels there are and whether they work, asked over HTTP, with real servers behind. */
class ChannelApiIT {
    private static EmbeddedBroker broker;
    private static EmbeddedPostgres database;
    private static LogService service;

    private static final int SMTP_PORT = FreePort.find();
    private static final SlackServer SLACK = SlackServer.start();
    private static final GreenMail MAIL =
            new GreenMail(new ServerSetup(SMTP_PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.inMemory();
        database = EmbeddedPostgres.temporary();
        service = LogService.start(
                broker,
                database,
                List.of(
                        "--holdfast.alert.slack.webhook-url=" + SLACK.url(),
                        "--holdfast.alert.send-limit=3s",
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + SMTP_PORT,
                        "--holdfast.alert.email.from=holdfast@example.org",
                        "--holdfast.alert.email.to=ops@example.org,dev@example.org"));
    }

    @AfterAll
    static void stop() {
        service.close();
        SLACK.close();
        broker.close();
        database.close();
    }

    @AfterEach
    void rest() {
        MAIL.stop();
        SLACK.answering(request -> 200);
    }

    @Test
    void each_channel_is_named_with_where_it_goes_and_without_its_secret() {
        var answer = service.get("/api/v1/channels");

        var items = json(answer).path("items");
        assertThat(items.size()).isEqualTo(2);
        assertThat(item("email").path("configured").asBoolean()).isTrue();
        assertThat(item("email").path("target").asString())
                .isEqualTo("ops@example.org, dev@example.org through 127.0.0.1:" + SMTP_PORT);
        assertThat(item("slack").path("target").asString()).matches("http://127.0.0.1:\\d+/…");
        assertThat(answer.body()).doesNotContain("verysecret");
    }

    @Test
    void a_test_message_really_arrives_by_mail() {
        MAIL.start();

        var answer = test("email");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("delivered").asBoolean()).isTrue();
        assertThat(json(answer).path("failure").isNull()).isTrue();
        assertThat(MAIL.getReceivedMessages())
                .extracting(GreenMailUtil::getWholeMessage)
                .filteredOn(mail -> mail.contains("Subject: [TEST] "))
                .hasSize(2)
                .allSatisfy(mail -> assertThat(mail).contains("a test message", "http://127.0.0.1:8080/channels"));
    }

    @Test
    void a_test_message_really_arrives_at_slack() {
        var answer = test("slack");

        assertThat(json(answer).path("delivered").asBoolean()).isTrue();
        assertThat(SLACK.taken())
                .filteredOn(message -> message.contains("[TEST] "))
                .hasSize(1);
    }

    @Test
    void a_server_that_is_down_is_said_with_cause_and_remedy() {
        var failure = json(test("email")).path("failure");

        assertThat(failure.path("code").asString()).isEqualTo("UNREACHABLE");
        assertThat(failure.path("summary").asString()).contains("the mail server");
        assertThat(failure.path("cause").asString()).contains("firewall");
        assertThat(failure.path("remedies").path(0).path("title").asString()).contains("port");
        assertThat(failure.path("retryable").asBoolean()).isTrue();
    }

    @Test
    void a_webhook_that_is_gone_is_said_and_kept_secret() {
        SLACK.answering(request -> 404);

        var answer = test("slack");

        assertThat(json(answer).path("delivered").asBoolean()).isFalse();
        assertThat(json(answer).path("failure").path("code").asString()).isEqualTo("REFUSED");
        assertThat(json(answer).path("failure").path("retryable").asBoolean()).isFalse();
        assertThat(answer.body()).doesNotContain("verysecret");
    }

    @Test
    void a_server_that_says_nothing_ends_the_test_and_a_second_one_has_to_wait() {
        int before = SLACK.posted().size();
        SLACK.answering(request -> SlackServer.HANG);

        var first = CompletableFuture.supplyAsync(() -> test("slack"));
        await().until(() -> SLACK.posted().size() > before);
        var second = test("slack");

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(second).path("fix").asString()).contains("20 seconds");
        assertThat(json(first.join()).path("failure").path("code").asString()).isEqualTo("NO_ANSWER");
    }

    @Test
    void there_is_no_test_of_a_channel_that_can_not_be() {
        assertThat(test("pigeon").statusCode()).isEqualTo(404);
    }

    @Test
    void the_last_delivery_is_shown_with_its_outcome() {
        service.publish(Outage.now().failed(1, Source.named("shop"), SOURCE_UNREACHABLE));

        await().until(() ->
                item("slack").path("lastDelivery").path("status").asString("").equals("sent"));
        await().until(() -> !item("email")
                .path("lastDelivery")
                .path("lastError")
                .asString("")
                .isEmpty());
        assertThat(item("email").path("lastDelivery").path("status").asString()).isEqualTo("pending");
        assertThat(item("slack").path("lastDelivery").path("kind").asString()).isEqualTo("raised");
    }

    @Test
    void a_channel_that_is_not_set_up_or_not_rightly_says_what_to_set() {
        try (var other = EmbeddedPostgres.temporary();
                var bare = LogService.start(
                        broker,
                        other,
                        List.of("--holdfast.alert.email.to=ops@example.org", "--holdfast.alert.slack.webhook-url="))) {
            var items = json(bare.get("/api/v1/channels")).path("items");
            var email = named(items, "email");
            var slack = named(items, "slack");

            assertThat(email.path("configured").asBoolean()).isFalse();
            assertThat(email.path("problem").asString()).contains("set SPRING_MAIL_HOST");
            assertThat(slack.path("configured").asBoolean()).isFalse();
            assertThat(slack.path("problem").isNull()).isTrue();
            assertThat(slack.path("settings").asString()).contains("HOLDFAST_ALERT_SLACK_WEBHOOKURL");
            var refused = bare.send("POST", "/api/v1/channels/slack/test");
            var mistaken = bare.send("POST", "/api/v1/channels/email/test");
            assertThat(json(mistaken).path("fix").asString()).contains("SPRING_MAIL_HOST");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(json(refused).path("fix").asString()).contains("HOLDFAST_ALERT_SLACK_WEBHOOKURL");
        }
    }

    @Test
    void a_service_that_may_not_connect_to_its_own_machine_does_not() {
        int before = SLACK.posted().size();
        MAIL.start();
        try (var other = EmbeddedPostgres.temporary();
                var strict = LogService.start(
                        broker,
                        other,
                        List.of(
                                "--holdfast.outbound.loopback=false",
                                "--holdfast.alert.slack.webhook-url=" + SLACK.url(),
                                "--spring.mail.host=localhost",
                                "--spring.mail.port=" + SMTP_PORT,
                                "--holdfast.alert.email.from=holdfast@example.org",
                                "--holdfast.alert.email.to=ops@example.org"))) {
            for (var channel : List.of("slack", "email")) {
                var failure = json(strict.send("POST", "/api/v1/channels/" + channel + "/test"))
                        .path("failure");
                assertThat(failure.path("code").asString()).as("%s", failure).isEqualTo("ADDRESS_REFUSED");
                assertThat(failure.path("summary").asString()).contains("holdfast.outbound.loopback");
            }
        }
        assertThat(SLACK.posted()).hasSize(before);
    }

    private static HttpResponse<String> test(String channel) {
        return service.send("POST", "/api/v1/channels/" + channel + "/test");
    }

    private static JsonNode item(String name) {
        return named(json(service.get("/api/v1/channels")).path("items"), name);
    }

    private static JsonNode named(JsonNode items, String name) {
        return items.valueStream()
                .filter(item -> item.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
