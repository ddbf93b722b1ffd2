package dev.holdfast.notification.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.id.BackupId;
import dev.holdfast.common.id.SourceId;
import dev.holdfast.common.id.Uuids;
import dev.holdfast.common.messaging.EventTopology;
import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;
import dev.holdfast.notification.log.LogService;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageBuilderSupport;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a message that can't be handled to the alert, and back into its queue. */
class ParkedMessagesIT {
    private static final String PATH = "/api/v1/parked-messages";
    private static final String WORKER = EventTopology.queue("worker");

    private static EmbeddedBroker broker;
    private static EmbeddedPostgres database;
    private static LogService service;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.inMemory();
        database = EmbeddedPostgres.temporary();
        service = LogService.start(broker, database);
    }

    @AfterAll
    static void stop() {
        service.close();
        broker.close();
        database.close();
    }

    @BeforeEach
    void empty() {
        // The service may still be writing of the test before, in another order.
        eventually(() -> service.jdbc()
                        .sql("truncate parked_message, incident, alert_delivery, event_log, inbox")
                        .update()
                == 0);
        eventually(() -> receive(WORKER) == null);
    }

    @Test
    void a_message_that_is_no_event_is_kept_as_it_is_and_its_queue_flows_on() {
        var body = new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 0};
        service.sendTo("notification", Map.of("x-text", "a\0b", "x-number", 5), body);
        service.publish(cancelled());

        eventually(() -> service.rows() >= 1 && service.parked() == 1);

        var item = items("").getFirst();
        assertThat(item.path("queue").stringValue()).isEqualTo(EventTopology.queue("notification"));
        assertThat(item.path("reason").stringValue()).startsWith("PoisonEvent: ");
        assertThat(item.path("size").intValue()).isEqualTo(5);
        assertThat(item.path("excerpt").stringValue()).isEqualTo("no text, begins with aced000500");
        assertThat(item.path("state").stringValue()).isEqualTo("parked");
        assertThat(stored()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "worker", "notification"})
    void what_any_service_sets_aside_is_kept_and_told_of_once_a_queue(String group) {
        var queue = EventTopology.queue(group);
        letter(queue, "one", "PoisonEvent: first");
        letter(queue, "two", "PoisonEvent: second");

        eventually(() -> items("?queue=" + queue).size() == 2);

        eventually(() -> openAlerts().size() == 1);
        var alert = openAlerts().getFirst();
        assertThat(alert.path("code").stringValue()).isEqualTo("MESSAGE_PARKED");
        assertThat(alert.path("title").stringValue())
                .isEqualTo("a message of " + queue + " could not be handled and was set aside: PoisonEvent: second");
        assertThat(alert.path("failures").intValue()).isEqualTo(2);
        assertThat(alert.path("remedies").toString())
                .contains(
                        "curl -s -H \\\"Authorization: Bearer $HOLDFAST_TOKEN\\\" 'http://127.0.0.1:8080/api/v1/parked-messages?queue="
                                + queue + "'")
                .contains(
                        "curl -s -H \\\"Authorization: Bearer $HOLDFAST_TOKEN\\\" -X POST http://127.0.0.1:8080/api/v1/parked-messages/")
                .contains("/replay");
        eventually(() -> !service.log(Map.of("text", "set aside")).path("items").isEmpty());
    }

    @Test
    void an_alert_ends_when_nothing_of_its_queue_is_parked_any_more() {
        letter(WORKER, "one", "r");
        letter(WORKER, "two", "r");
        letter(EventTopology.queue("api"), "three", "r");
        eventually(() -> service.parked() == 3 && openAlerts().size() == 2);

        for (var item : items("?queue=" + WORKER)) {
            assertThat(openAlerts()).hasSize(2);
            assertThat(service.send("DELETE", path(item)).statusCode()).isEqualTo(204);
        }

        assertThat(openAlerts())
                .singleElement()
                .satisfies(
                        alert -> assertThat(alert.path("title").stringValue()).contains(EventTopology.queue("api")));
        assertThat(service.parked()).isEqualTo(1);
    }

    @Test
    void a_replayed_message_goes_to_its_own_queue_alone_as_it_was() {
        letter(WORKER, "{\"a\": 1}", "r");
        eventually(() -> service.parked() == 1);
        var item = items("").getFirst();

        assertThat(service.send("POST", path(item) + "/replay").statusCode()).isEqualTo(202);

        var message = receive(WORKER);
        assertThat(message).isNotNull();
        assertThat(message.getBody()).isEqualTo(bytes("{\"a\": 1}"));
        assertThat(message.getMessageProperties().getContentType()).isEqualTo("application/json");
        assertThat(message.getMessageProperties().getHeaders())
                .containsEntry("cloudEvents:id", "7")
                .containsEntry("x-number", 5)
                .doesNotContainKey("holdfast-reason");
        assertThat(items("")).isEmpty();
        assertThat(openAlerts()).isEmpty();
        var again = service.get(path(item));
        assertThat(JsonMapper.shared().readTree(again.body()).path("state").stringValue())
                .isEqualTo("replayed");
        var twice = service.send("POST", path(item) + "/replay");
        assertThat(twice.statusCode()).isEqualTo(409);
        assertThat(JsonMapper.shared().readTree(twice.body()).path("fix").stringValue())
                .contains("GET /api/v1/parked-messages");
    }

    @Test
    void a_message_that_fails_again_is_the_same_entry_with_a_higher_count() {
        service.sendTo("notification", Map.of("cloudEvents:id", "x"), bytes("not JSON"));
        eventually(() -> service.parked() == 1);
        var item = items("").getFirst();
        assertThat(service.send("POST", path(item) + "/replay").statusCode()).isEqualTo(202);

        eventually(() ->
                service.parked() == 1 && items("").getFirst().path("times").intValue() == 2);
        var again = items("").getFirst();
        assertThat(again.path("id")).isEqualTo(item.path("id"));
        assertThat(again.path("firstParkedAt")).isEqualTo(item.path("firstParkedAt"));
        assertThat(again.path("parkedAt")).isNotEqualTo(item.path("parkedAt"));
        assertThat(again.path("routingKey")).isEqualTo(item.path("routingKey"));
    }

    @Test
    void a_letter_that_is_delivered_twice_counts_once() {
        var letter = aLetter(WORKER, "one", "r")
                .setHeader("holdfast-letter-id", Uuids.next().toString())
                .build();
        send(WORKER, letter);
        send(WORKER, letter);
        letter(WORKER, "two", "r");

        eventually(() -> service.parked() == 2);
        assertThat(items("").getLast().path("times").intValue()).isEqualTo(1);
    }

    @Test
    void no_answer_holds_a_secret() {
        letter(WORKER, "{\"name\": \"shop\", \"password\": \"hunter2\"", "r");
        eventually(() -> service.parked() == 1);

        var list = service.get(PATH).body();
        assertThat(list).contains("shop").doesNotContain("hunter2").doesNotContain("x-secret");
        assertThat(service.get(path(items("").getFirst())).body())
                .doesNotContain("hunter2")
                .doesNotContain("x-secret");
    }

    @Test
    void a_large_message_and_the_oddest_characters_are_kept() {
        letter(WORKER, "\0".repeat(4 << 20), "reason \0 of \u202e nobody");

        eventually(() -> service.parked() == 1);
        assertThat(items("").getFirst().path("size").intValue()).isEqualTo(4 << 20);
    }

    @Test
    void pages_are_followed() {
        for (int i = 0; i < 5; i++) {
            letter(WORKER, "message " + i, "r");
        }
        eventually(() -> service.parked() == 5);

        var first = JsonMapper.shared().readTree(service.get(PATH + "?limit=3").body());
        var second = JsonMapper.shared()
                .readTree(service.get(
                                PATH + "?limit=3&cursor=" + first.path("next").stringValue())
                        .body());

        assertThat(first.path("items")).hasSize(3);
        assertThat(second.path("items")).hasSize(2).doesNotContainAnyElementsOf(first.path("items"));
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void however_much_is_parked_each_letter_is_told_of_at_the_same_cost() {
        fill(WORKER, 3000);
        letter(WORKER, "one more", "PoisonEvent: the newest");

        eventually(() -> openAlerts().size() == 1);

        var alert = openAlerts().getFirst();
        assertThat(alert.path("title").stringValue()).endsWith("PoisonEvent: the newest");
        assertThat(alert.path("failures").intValue()).isEqualTo(1000);
        assertThat(service.jdbc()
                        .sql("select failure ->> 'detail' from incident")
                        .query(String.class)
                        .single())
                .isEqualTo("1000 or more messages of this queue are parked");
        assertThat(Instant.parse(alert.path("since").stringValue())).isEqualTo("2026-01-01T00:00:01Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id from parked_message where replayed_at is null order by id desc limit 5",
                "select id from parked_message where replayed_at is null and queue = 'q1' order by id desc limit 5",
                "select id from parked_message where replayed_at is null and queue = 'q1'"
                        + " order by parked_at desc, id desc limit 1",
                "select min(parked_at) from parked_message where replayed_at is null and queue = 'q1'"
            })
    void what_was_replayed_is_not_walked_through(String query) {
        fill("q0", 1000);
        fill("q1", 1000);
        fill("q2", 1000);
        service.jdbc()
                .sql(
                        "update parked_message set replayed_at = now() where queue = 'q0' or queue = 'q1' and parked_at > '2026-01-01 00:01Z'")
                .update();
        service.jdbc().sql("analyze parked_message").update();

        assertThat(service.jdbc().sql("explain " + query).query(String.class).list())
                .anyMatch(line -> line.contains("Index") && line.contains("using parked_message_"))
                .noneMatch(line -> line.contains("Filter") || line.contains("Sort"));
    }

    /** So many messages, one a second. */
    private static void fill(String queue, int messages) {
        service.jdbc()
                .sql("""
                     insert into parked_message (id, message_id, letter_id, queue, routing_key, reason, excerpt, headers, body,
                                                 times, first_parked_at, parked_at)
                     select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), :queue, 'k', 'r', '', '{}', '', 1, at, at
                       from (select timestamptz '2026-01-01 00:00:00Z' + n * interval '1 second' as at
                               from generate_series(1, :messages) as n) as times
                     """)
                .param("queue", queue)
                .param("messages", messages)
                .update();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ?limit=0, 400, VALIDATION_FAILED",
        "GET, ?kyu=x, 400, VALIDATION_FAILED",
        "GET, ?cursor=x, 400, VALIDATION_FAILED",
        "GET, /01890a5d-ac96-774b-bcce-b302099a8057, 404, NOT_FOUND",
        "DELETE, /01890a5d-ac96-774b-bcce-b302099a8057, 404, NOT_FOUND",
        "POST, /01890a5d-ac96-774b-bcce-b302099a8057/replay, 404, NOT_FOUND"
    })
    void what_there_is_not_is_a_problem_with_a_code(String method, String path, int status, String code) {
        var answer = service.send(method, PATH + path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("code").stringValue()).isEqualTo(code);
        assertThat(problem.path("type").stringValue())
                .isEqualTo("urn:holdfast:problem:"
                        + code.toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }

    @Test
    void nothing_is_lost_while_the_database_can_not_be_written_to() {
        readOnly(true);
        try {
            letter(WORKER, "one", "r");
            service.sendTo("notification", Map.of(), bytes("no JSON"));
            service.publish(cancelled());
            eventually(() -> service.send("DELETE", PATH + "/01890a5d-ac96-774b-bcce-b302099a8057")
                            .statusCode()
                    == 503);
        } finally {
            readOnly(false);
        }

        eventually(() -> service.parked() == 2 && service.rows() >= 1);
        assertThat(items("")).extracting(item -> item.path("times").intValue()).containsOnly(1);
    }

    private static void readOnly(boolean on) {
        try (var connection = database.dataSource("postgres").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter database holdfast set default_transaction_read_only = " + on);
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'holdfast'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static EventEnvelope cancelled() {
        return new EventEnvelope(
                Uuids.next(),
                "/holdfast/backup-worker",
                Instant.parse("2026-01-02T12:00:00Z"),
                1,
                new BackupCancelled(new BackupId(Uuids.next()), new SourceId(Uuids.next()), "shop", 1));
    }

    private static void letter(String queue, String body, String reason) {
        send(queue, aLetter(queue, body, reason).build());
    }

    private static MessageBuilderSupport<Message> aLetter(String queue, String body, String reason) {
        var headers = new HashMap<String, Object>(Map.of(
                "holdfast-reason",
                reason,
                "holdfast-original-queue",
                queue,
                "holdfast-original-routing-key",
                "backup.requested.v1",
                "cloudEvents:id",
                "7",
                "x-number",
                5,
                "x-secret",
                "hunter2"));
        var message = MessageBuilder.withBody(bytes(body)).setContentType("application/json");
        headers.forEach(message::setHeader);
        return message;
    }

    private static void send(String queue, Message letter) {
        template().send("", EventTopology.deadLetterQueue(queue), letter);
    }

    private static Message receive(String queue) {
        return template().receive(queue, 200);
    }

    private static RabbitTemplate template() {
        return new RabbitTemplate(service.bean(ConnectionFactory.class));
    }

    private static List<JsonNode> items(String query) {
        return JsonMapper.shared()
                .readTree(service.get(PATH + query).body())
                .path("items")
                .valueStream()
                .toList();
    }

    private static List<JsonNode> openAlerts() {
        return JsonMapper.shared()
                .readTree(service.get("/api/v1/alerts?state=open").body())
                .path("items")
                .valueStream()
                .toList();
    }

    private static String path(JsonNode item) {
        return PATH + "/" + item.path("id").stringValue();
    }

    private static byte[] stored() {
        return service.jdbc()
                .sql("select body from parked_message")
                .query(byte[].class)
                .single();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(condition);
    }
}
