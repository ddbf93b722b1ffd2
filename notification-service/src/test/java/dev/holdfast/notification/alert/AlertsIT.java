package dev.holdfast.notification.alert;

import static dev.holdfast.common.failure.FailureCode.SOURCE_UNREACHABLE;
import static dev.holdfast.common.failure.FailureCode.STORAGE_PERMISSION_DENIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;
import dev.holdfast.embedded.FreePort;
import dev.holdfast.notification.channel.SlackServer;
import dev.holdfast.notification.channel.SmtpServer;
import dev.holdfast.notification.incident.Outage;
import dev.holdfast.notification.incident.Outage.Source;
import dev.holdfast.notification.log.LogService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From an event to the people, over real servers of every kind, well and ill. */
class AlertsIT {
    private static EmbeddedBroker broker;
    private static EmbeddedPostgres database;

    private final Outage outage = Outage.now();
    private final Source shop = Source.named("shop");
    private final int smtpPort = FreePort.find();
    private final SlackServer slack = SlackServer.start();
    private final GreenMail mail = mailServer();
    private LogService service;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.inMemory();
        database = EmbeddedPostgres.temporary();
    }

    @AfterAll
    static void stop() {
        broker.close();
        database.close();
    }

    @AfterEach
    void end() {
        if (service != null) {
            await().until(() -> service.jdbc()
                            .sql("select count(*) from outbox")
                            .query(Long.class)
                            .single()
                    == 0);
            service.jdbc()
                    .sql("truncate incident_fact, good_backup, storage_watch, incident, alert_delivery")
                    .update();
            service.close();
        }
        mail.stop();
        slack.close();
    }

    @Test
    void a_permission_failure_is_told_at_once_and_its_end_as_well() throws Exception {
        mail.start();
        run(both());
        service.publish(outage.completed(0, shop));
        var begin = System.nanoTime();

        service.publish(outage.failed(1, shop, STORAGE_PERMISSION_DENIED));

        await().until(() ->
                mail.getReceivedMessages().length == 1 && slack.taken().size() == 1);
        System.out.printf("FIGURE event to mail and Slack: %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        var raised = mail.getReceivedMessages()[0];
        assertThat(raised.getSubject())
                .isEqualTo("[FAILED] [PERMISSION] backup of \"shop\": permission denied on /app/backups");
        assertThat(GreenMailUtil.getWholeMessage(raised))
                .contains(
                        "chown -R 1001:1001 /app/backups", "Last good backup", "UTC", "http://127.0.0.1:8080/backups/");
        service.publish(outage.storageRecovered(2, STORAGE_PERMISSION_DENIED));
        await().until(() ->
                mail.getReceivedMessages().length == 2 && slack.taken().size() == 2);
        var resolved = mail.getReceivedMessages()[1];
        assertThat(resolved.getSubject()).startsWith("[RESOLVED] backup of \"shop\"");
        assertThat(resolved.getHeader("References")).containsExactly(raised.getMessageID());
        await().untilAsserted(() ->
                assertThat(types()).contains("dev.holdfast.alert.raised.v1", "dev.holdfast.alert.resolved.v1"));
    }

    @Test
    void an_alert_has_the_fields_of_the_contract() {
        mail.start();
        run(both());
        service.publish(outage.completed(0, shop));
        service.publish(outage.failed(1, shop, STORAGE_PERMISSION_DENIED));

        await().until(() -> statuses().equals(List.of("sent", "sent")));

        var alert = alerts("?state=open").path("items").path(0);
        assertThat(alert.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "state",
                        "code",
                        "permission",
                        "title",
                        "summary",
                        "cause",
                        "remedies",
                        "since",
                        "lastFailureAt",
                        "resolvedAt",
                        "failures",
                        "backups",
                        "sources",
                        "lastGoodBackup",
                        "deliveries");
        assertThat(alert.path("lastGoodBackup").propertyNames())
                .containsExactlyInAnyOrder("id", "source", "at", "path");
        assertThat(alert.path("deliveries").path(0).propertyNames())
                .containsExactlyInAnyOrder("channel", "kind", "status", "attempts", "sentAt", "lastError");
        assertThat(alerts("?state=resolved").path("items").size()).isZero();
        assertThat(service.get("/api/v1/alerts?state=loud&limit=0").statusCode())
                .isEqualTo(400);
        assertThat(service.get("/actuator/prometheus").body())
                .contains(
                        "holdfast_alerts_open 1.0",
                        "holdfast_deliveries_pending 0.0",
                        "holdfast_deliveries_failed_total");
    }

    @Test
    void alerts_are_read_page_by_page() {
        run(List.of());
        for (int i = 0; i < 5; i++) {
            service.publish(outage.failed(i, Source.named("shop " + i), SOURCE_UNREACHABLE));
        }
        await().until(() -> alerts("").path("items").size() == 5);

        var first = alerts("?limit=3");
        var second = alerts("?limit=3&cursor=" + first.path("next").stringValue());

        assertThat(first.path("items").size()).isEqualTo(3);
        assertThat(second.path("items").size()).isEqualTo(2);
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void without_a_channel_alerts_are_recorded_all_the_same() {
        run(List.of("--spring.mail.host=", "--holdfast.alert.slack.webhook-url=", "--holdfast.alert.email.to="));
        service.publish(outage.failed(1, shop, SOURCE_UNREACHABLE));

        await().until(() -> alerts("").path("items").size() == 1);

        assertThat(alerts("").path("items").path(0).path("deliveries").size()).isZero();
        assertThat(service.get("/actuator/health").body()).contains("UP");
    }

    @Test
    void a_mail_server_that_is_down_gets_the_mail_when_it_is_up() {
        run(both());
        service.publish(outage.failed(1, shop, SOURCE_UNREACHABLE));
        await().until(() -> slack.taken().size() == 1);
        await().until(() ->
                deliveries().stream().anyMatch(each -> !each.path("lastError").isNull()));

        mail.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> mail.getReceivedMessages().length == 1);
        await().until(() -> statuses().equals(List.of("sent", "sent")));
    }

    @Test
    void a_black_hole_holds_up_neither_slack_nor_the_events() {
        try (var hole = SmtpServer.replying("")) {
            run(both(hole.port()));
            service.publish(outage.failed(1, shop, SOURCE_UNREACHABLE));
            await().until(() -> hole.tries() > 0);
            for (int i = 0; i < 100; i++) {
                service.publish(outage.failed(2 + i, Source.named("crm"), STORAGE_PERMISSION_DENIED));
            }

            await().until(() -> slack.taken().size() == 2 && service.rows() >= 103);

            await().atMost(Duration.ofSeconds(30)).until(() -> hole.tries() > 1);
            assertThat(service.parked()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 closing", "451 later"})
    void a_mail_that_is_refused_for_now_is_tried_again(String reply) {
        try (var smtp = SmtpServer.replying(reply)) {
            run(both(smtp.port()));
            service.publish(outage.failed(1, shop, SOURCE_UNREACHABLE));

            await().until(() -> smtp.tries() >= 2);
        }
    }

    @Test
    void a_mail_that_is_refused_for_good_is_not() {
        try (var smtp = SmtpServer.replying("550 no such user")) {
            run(both(smtp.port()));
            service.publish(outage.failed(1, shop, SOURCE_UNREACHABLE));

            await().until(() -> statuses().equals(List.of("failed", "sent")));

            assertThat(smtp.tries()).isEqualTo(1);
            assertThat(deliveries().getFirst().path("lastError").stringValue()).contains("550");
            assertThat(service.get("/actuator/prometheus").body()).contains("holdfast_deliveries_failed_total 1.0");
        }
    }

    @Test
    void slack_gets_a_second_try_after_an_error_and_the_pause_that_it_asks_for() {
        slack.answering(request -> request == 0 ? 500 : request == 1 ? 429 : 200);
        run(slackOnly());
        service.publish(outage.failed(1, shop, SOURCE_UNREACHABLE));

        await().until(() -> slack.taken().size() == 1);

        var times = slack.times();
        assertThat(times).hasSize(3);
        assertThat(times.get(2) - times.get(1))
                .isGreaterThanOrEqualTo(Duration.ofMillis(1_950).toNanos());
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 410})
    void slack_that_refuses_for_good_is_left_alone_and_its_address_kept(int status) {
        slack.answering(request -> status);
        run(slackOnly());
        service.publish(outage.failed(1, shop, SOURCE_UNREACHABLE));

        await().until(() -> statuses().equals(List.of("failed")));

        assertThat(slack.posted()).hasSize(1);
        assertThat(service.get("/api/v1/alerts").body()).doesNotContain("verysecret");
    }

    @Test
    void slack_that_hangs_holds_up_no_mail_and_gets_another_try() {
        mail.start();
        slack.answering(request -> request == 0 ? SlackServer.HANG : 200);
        var arguments = both();
        arguments.add("--holdfast.alert.send-limit=2s");
        run(arguments);
        service.publish(outage.failed(1, shop, SOURCE_UNREACHABLE));

        await().atMost(Duration.ofSeconds(2)).until(() -> mail.getReceivedMessages().length == 1);
        await().until(() -> slack.taken().size() == 1);
    }

    @Test
    void slack_gets_one_message_a_second() {
        run(slackOnly());
        for (int i = 0; i < 3; i++) {
            service.publish(outage.failed(i, Source.named("shop " + i), SOURCE_UNREACHABLE));
        }

        await().until(() -> slack.taken().size() == 3);

        var times = slack.times();
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(950).toNanos());
        }
    }

    @Test
    void what_was_pending_is_sent_after_a_restart() {
        run(both());
        service.publish(outage.failed(1, shop, SOURCE_UNREACHABLE));
        await().until(() -> slack.taken().size() == 1);
        service.close();

        mail.start();
        run(both());

        await().atMost(Duration.ofSeconds(40)).until(() -> mail.getReceivedMessages().length == 1);
        assertThat(slack.taken()).hasSize(1);
    }

    @Test
    void an_all_clear_that_could_not_be_sent_is_not_sent_when_the_problem_is_back() {
        run(both());
        service.publish(outage.failed(1, shop, SOURCE_UNREACHABLE));
        await().until(() -> slack.taken().size() == 1);
        service.publish(outage.completed(2, shop));
        await().until(() -> slack.taken().size() == 2);

        service.publish(outage.failed(3, shop, SOURCE_UNREACHABLE));

        await().until(() -> slack.taken().size() == 3);
        var mails = service.jdbc()
                .sql("select kind || ' ' || status || ' ' || last_error from alert_delivery where channel = 'email'"
                        + " order by id")
                .query(String.class)
                .list();
        assertThat(mails).hasSize(3);
        assertThat(mails.get(0)).startsWith("raised failed overtaken");
        assertThat(mails.get(1)).startsWith("resolved failed overtaken");
    }

    @Test
    void five_hundred_failures_delivered_twice_are_one_alert_and_one_end() {
        mail.start();
        run(both());
        for (int i = 0; i < 500; i++) {
            var failed = outage.failed(0, Source.named("shop " + i % 20), STORAGE_PERMISSION_DENIED);
            service.publish(failed);
            service.publish(failed);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> failures() == 500);
        service.publish(outage.storageRecovered(1, FailureCode.STORAGE_PERMISSION_DENIED));

        await().until(() -> statuses().equals(List.of("sent", "sent", "sent", "sent")));

        assertThat(mail.getReceivedMessages()).hasSize(2);
        assertThat(slack.taken()).hasSize(2);
    }

    private void run(List<String> arguments) {
        service = LogService.start(broker, database, arguments);
    }

    private List<String> both() {
        return both(smtpPort);
    }

    private List<String> both(int port) {
        var arguments = new ArrayList<>(slackOnly());
        arguments.addAll(List.of(
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + port,
                "--holdfast.alert.email.from=holdfast@example.org",
                "--holdfast.alert.email.to=ops@example.org"));
        return arguments;
    }

    private List<String> slackOnly() {
        return List.of("--holdfast.alert.slack.webhook-url=" + slack.url());
    }

    private GreenMail mailServer() {
        return new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    }

    private JsonNode alerts(String query) {
        return JsonMapper.shared()
                .readTree(service.get("/api/v1/alerts" + query).body());
    }

    private int failures() {
        return alerts("").path("items").path(0).path("failures").intValue(0);
    }

    private List<JsonNode> deliveries() {
        return alerts("").path("items").path(0).path("deliveries").valueStream().toList();
    }

    private List<String> statuses() {
        return deliveries().stream()
                .map(delivery -> delivery.path("status").stringValue())
                .toList();
    }

    private List<String> types() {
        return service.jdbc()
                .sql("select distinct type from event_log")
                .query(String.class)
                .list();
    }
}
