package dev.holdfast.notification.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.id.Uuids;
import dev.holdfast.embedded.EmbeddedBroker;
import dev.holdfast.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From the broker to the HTTP answer. */
class NotificationServiceIT {
    private static EmbeddedBroker broker;
    private static EmbeddedPostgres database;
    private static LogService service;

    private final Events shop = Events.of("shop");

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.inMemory();
        database = EmbeddedPostgres.temporary();
        service = LogService.start(broker, database);
        // From here on the failures below belong to an alert that has been raised, and raise none.
        service.publish(Events.at(0, Events.of("first").failed(false)));
        awaitRows(2);
    }

    @AfterAll
    static void stop() {
        service.close();
        broker.close();
        database.close();
    }

    @BeforeEach
    void empty() {
        service.jdbc().sql("truncate event_log, inbox").update();
    }

    @Test
    void an_event_that_is_delivered_twice_is_logged_once() {
        var failed = Events.at(1, shop.failed(false));
        service.publish(failed);
        service.publish(failed);
        service.publish(Events.at(2, shop.cancelled()));

        awaitRows(2);

        assertThat(items(Map.of()))
                .extracting(item -> item.path("eventId").stringValue())
                .filteredOn(failed.id().toString()::equals)
                .hasSize(1);
    }

    @Test
    void events_in_any_order_read_in_the_order_in_which_they_happened() {
        var events = new ArrayList<>(List.of(
                Events.at(1, shop.requested()),
                Events.at(2, shop.started()),
                Events.at(3, shop.progressed(1, 0, 0)),
                Events.at(4, shop.failed(true)),
                Events.at(5, shop.cancelRequested()),
                Events.at(6, shop.cancelled())));
        var newestFirst =
                events.reversed().stream().map(event -> event.type().wireName()).toList();
        Collections.shuffle(events, new Random(7));

        events.forEach(service::publish);
        awaitRows(6);

        assertThat(items(Map.of("level", "debug", "backup", shop.backup().toString())))
                .extracting(item -> item.path("type").stringValue())
                .isEqualTo(newestFirst);
    }

    @Test
    void an_item_has_the_fields_of_the_contract() {
        service.publish(Events.at(1, shop.failed(false)));
        awaitRows(1);

        var page = service.log(Map.of("level", "error", "text", "zanzibar"));

        assertThat(page.propertyNames()).containsExactlyInAnyOrder("items", "next");
        assertThat(page.path("next").isNull()).isTrue();
        var item = page.path("items").path(0);
        assertThat(item.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "eventId",
                        "time",
                        "recordedAt",
                        "type",
                        "level",
                        "sourceId",
                        "source",
                        "backupId",
                        "attempt",
                        "message",
                        "data");
        assertThat(item.path("time").stringValue()).isEqualTo("2026-01-02T12:00:01Z");
        assertThat(item.path("level").stringValue()).isEqualTo("ERROR");
        assertThat(item.path("data").path("failure").path("code").stringValue()).isEqualTo("STORAGE_PERMISSION_DENIED");
    }

    @Test
    void an_event_of_a_type_that_nobody_knows_is_logged_as_it_is() {
        service.publish(
                Map.of("specversion", "1.0", "id", "17", "source", "/elsewhere", "type", "org.example.thing.v9"),
                "{\"sourceName\": \"shop\", \"password\": \"hunter2\", \"nul\": \"a\\u0000b\", \"n\": 1.50}");
        awaitRows(1);

        var item = items(Map.of("source", "shop")).getFirst();
        assertThat(item.path("type").stringValue()).isEqualTo("org.example.thing.v9");
        assertThat(item.path("message").stringValue()).isEqualTo("event org.example.thing.v9 from /elsewhere");
        assertThat(item.path("data").path("nul").stringValue()).isEqualTo("a\ufffdb");
        assertThat(service.get("/api/v1/log").body()).contains("\"n\": 1.50").doesNotContain("hunter2");
    }

    @Test
    void the_same_foreign_event_is_logged_once_and_another_source_may_use_its_id() {
        for (var source : List.of("/a", "/a", "/b")) {
            service.publish(Map.of("specversion", "1.0", "id", "1", "source", source, "type", "t"), "[]");
        }
        service.publish(Map.of("specversion", "1.0", "id", "2", "source", "/a", "type", "t"), "");

        awaitRows(3);

        assertThat(items(Map.of())).hasSize(3);
    }

    @Test
    void what_is_no_event_is_set_aside_and_holds_nothing_up() {
        var before = service.parked();
        service.publish(Map.of(), "{}");
        service.publish(Map.of("specversion", "1.0", "id", "1", "source", "/a", "type", "t"), "no json");
        service.publish(Map.of("specversion", "1.0", "source", "/a", "type", "t"), "{}");
        service.publish(Map.of("specversion", "1.0", "id", "1", "source", "/a", "type", "t", "time", "noon"), "{}");
        service.publish(
                Map.of("specversion", "1.0", "id", "1", "source", "/a", "type", "dev.holdfast.backup.failed.v1"), "{}");
        service.publish(Events.at(1, shop.cancelled()));

        awaitRows(1);
        await().untilAsserted(() -> assertThat(service.parked()).isEqualTo(before + 5));

        // The event, and the alert that says that messages were set aside.
        await().untilAsserted(() -> assertThat(service.rows()).isEqualTo(2));
    }

    @Test
    void no_row_holds_a_sealed_password() {
        service.publish(Events.at(1, shop.requested()));
        awaitRows(1);

        assertThat(service.jdbc()
                        .sql("select event_log::text from event_log")
                        .query(String.class)
                        .single())
                .contains("db.example.org")
                .doesNotContain(Events.SEALED)
                .doesNotContainIgnoringCase("sealed");
    }

    @Test
    void pages_are_followed_over_http() {
        IntStream.range(0, 25).forEach(i -> service.publish(Events.at(i, shop.requested(1, "no " + i))));
        awaitRows(25);
        var seen = new ArrayList<String>();
        var parameters = new HashMap<>(Map.of("limit", "10"));
        for (var more = true; more; ) {
            var page = service.log(parameters);
            page.path("items").forEach(item -> seen.add(item.path("message").stringValue()));
            more = !page.path("next").isNull();
            parameters.put("cursor", page.path("next").stringValue("none"));
        }

        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "colour=red, colour",
        "limit=0, limit",
        "limit=abc, limit",
        "level=loud, level",
        "from=2026-01-01T00:00:00+01:00, from",
        "text=, text",
        "text=%00, text",
        "backup=1, backup",
        "cursor=..., cursor",
        "source=a&source=b, source"
    })
    void a_bad_parameter_is_named_in_a_problem(String query, String parameter) {
        var answer = service.get("/api/v1/log?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("code").stringValue()).isEqualTo("VALIDATION_FAILED");
        assertThat(problem.path("type").stringValue()).isEqualTo("urn:holdfast:problem:validation-failed");
        assertThat(problem.path("fix").stringValue()).isNotBlank();
        assertThat(problem.path("errors").path(0).path("parameter").stringValue())
                .isEqualTo(parameter);
        assertThat(problem.path("errors").path(0).path("message").stringValue()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/nothing, 404, NOT_FOUND",
        "GET, /api/v1/parked-messages/0193d9a0-0000-7000-8000-000000000001, 404, NOT_FOUND",
        "POST, /api/v1/channels/pigeon/test, 404, NOT_FOUND",
        "DELETE, /api/v1/log, 405, METHOD_NOT_ALLOWED",
        "GET, /api/v1/log?limit=0, 400, VALIDATION_FAILED",
        "GET, /internal/v1/events/heard, 400, VALIDATION_FAILED"
    })
    void every_problem_has_a_type_and_a_fix(String method, String path, int status, String code) {
        var answer = service.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        var problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("code").stringValue()).isEqualTo(code);
        assertThat(problem.path("type").stringValue()).startsWith("urn:holdfast:problem:");
        assertThat(problem.path("detail").stringValue()).isNotBlank();
        assertThat(problem.path("fix").stringValue()).isNotBlank();
    }

    @Test
    void whoever_asks_which_events_were_heard_is_told() {
        var heard = List.of(Events.at(1, shop.failed(false)), Events.at(2, shop.cancelled()));
        heard.forEach(service::publish);
        awaitRows(2);
        var ids = heard.stream().map(event -> event.id().toString()).toList();

        var answer = service.get(
                "/internal/v1/events/heard?ids=" + String.join(",", ids) + ",0193d9a0-0000-7000-8000-000000000001");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(answer.body()).path("heard").valueStream())
                .extracting(JsonNode::stringValue)
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void what_was_pruned_from_the_log_was_heard_all_the_same() {
        var cancelled = Events.at(1, shop.cancelled());
        service.publish(cancelled);
        awaitRows(1);

        service.jdbc().sql("delete from event_log").update();

        assertThat(service.get("/internal/v1/events/heard?ids=" + cancelled.id())
                        .body())
                .contains(cancelled.id().toString());
    }

    @Test
    void what_is_parked_here_has_come_and_what_is_parked_elsewhere_may_not_have() {
        var here = Uuids.next();
        var elsewhere = Uuids.next();
        park(here, "holdfast.events.notification");
        park(elsewhere, "holdfast.events.api");

        var answer = service.get("/internal/v1/events/heard?ids=" + here + "," + elsewhere);

        assertThat(answer.body()).isEqualTo("{\"heard\":[\"" + here + "\"]}");
        service.jdbc().sql("delete from parked_message").update();
    }

    private void park(UUID event, String queue) {
        service.jdbc()
                .sql("""
                        insert into parked_message (id, message_id, letter_id, queue, routing_key, reason, event_id, excerpt, headers, body,
                                                    times, first_parked_at, parked_at)
                        values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), :queue, 'backup.failed.v1', 'a reason', :event, '',
                                '', '', 1, now(), now())
                        """)
                .param("queue", queue)
                .param("event", event.toString())
                .update();
    }

    @Test
    void a_hundred_events_may_be_asked_about_at_once_and_no_more() {
        var ids = IntStream.range(0, 101).mapToObj(i -> Uuids.next().toString()).toList();

        assertThat(service.get("/internal/v1/events/heard?ids=" + String.join(",", ids.subList(0, 100)))
                        .body())
                .isEqualTo("{\"heard\":[]}");
        assertThat(service.get("/internal/v1/events/heard?ids=" + String.join(",", ids))
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ids=",
                "ids=1",
                "ids=0193d9a0-0000-7000-8000-000000000001,",
                "ids=0193d9a0-0000-7000-8000-000000000001&ids=0193d9a0-0000-7000-8000-000000000002"
            })
    void ids_that_are_none_are_a_problem(String query) {
        var answer = service.get("/internal/v1/events/heard?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JsonMapper.shared()
                        .readTree(answer.body())
                        .path("errors")
                        .path(0)
                        .path("parameter")
                        .stringValue())
                .isEqualTo("ids");
    }

    @Test
    void an_unknown_path_is_a_problem_with_a_code_too() {
        var answer = service.get("/api/v1/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JsonMapper.shared().readTree(answer.body()).path("code").stringValue())
                .isEqualTo("NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/log",
                "/api/v1/alerts",
                "/api/v1/parked-messages",
                "/internal/v1/events/heard?ids=0193d9a0-0000-7000-8000-000000000001",
                "/actuator/prometheus",
                "/x"
            })
    void a_stranger_reads_nothing(String path) {
        var answer = service.sendAsStranger("GET", path);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"UNAUTHORIZED\"");
        assertThat(service.sendAsStranger("GET", path, "Authorization", "Bearer " + "x".repeat(39))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_stranger_may_ask_how_the_service_is() {
        assertThat(service.sendAsStranger("GET", "/actuator/health/readiness").body())
                .contains("UP");
    }

    @Test
    void health_and_metrics_are_there() {
        assertThat(service.get("/actuator/health/liveness").body()).contains("UP");
        assertThat(service.get("/actuator/health/readiness").body()).contains("UP");
        assertThat(service.get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
    }

    /** The rate is printed, not asserted: it is the machine's as much as ours. */
    @Test
    void a_burst_is_recorded_whole() {
        int count = 5000;
        var events = IntStream.range(0, count).mapToObj(this::burstEvent).toList();

        var start = System.nanoTime();
        events.forEach(service::publish);
        var published = System.nanoTime();
        await().atMost(Duration.ofSeconds(100)).until(() -> service.rows() >= count);
        var recorded = System.nanoTime();

        assertThat(service.rows()).isEqualTo(count);
        System.out.printf(
                "%d events: published in %.1f s, all recorded after %.1f s, %.0f events/s%n",
                count, (published - start) / 1e9, (recorded - start) / 1e9, count / ((recorded - start) / 1e9));
    }

    private EventEnvelope burstEvent(int i) {
        return Events.at(i, i % 10 == 0 ? shop.failed(true) : shop.progressed(i, i, 5000));
    }

    private static List<JsonNode> items(Map<String, String> parameters) {
        return service.log(parameters).path("items").valueStream().toList();
    }

    private static void awaitRows(long count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> service.rows() >= count);
    }
}
