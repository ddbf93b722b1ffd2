package dev.holdfast.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.RunningApi;
import dev.holdfast.api.SealOpener;
import dev.holdfast.api.Wire;
import dev.holdfast.api.WorkerEvents;
import dev.holdfast.common.event.BackupCancelRequested;
import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.id.BackupId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BackupApiIT {
    private static final RunningApi API = RunningApi.shared();
    private static final Wire WIRE = new Wire(API);

    @AfterAll
    static void close() {
        WIRE.close();
    }

    @Test
    void a_request_is_accepted_as_the_contract_says_and_reaches_the_worker() throws Exception {
        var source = API.createSource("contract");

        var accepted = API.post("/api/v1/backups", """
                {"source": "%s", "name": "Test Backup", "description": "two\\nlines", "type": "full",
                 "includeMedia": false, "metadata": {"version": "1.2.3", "apps": ["a", {"b": 1.50}], "n": null}}""".formatted(source));

        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        var backup = accepted.json();
        var id = backup.get("id").asString();
        assertThat(accepted.header("location")).isEqualTo("/api/v1/backups/" + id);
        assertThat(accepted.header("content-type")).isEqualTo("application/json");
        assertThat(accepted.text()).isEqualToIgnoringWhitespace("""
                {"id": "%s", "source": "contract", "name": "Test Backup", "description": "two\\nlines", "type": "full",
                 "includeMedia": false, "status": "requested", "phase": null, "attempt": 1, "requestedAt": "%s",
                 "startedAt": null, "finishedAt": null, "sizeBytes": 0, "bytesWritten": 0, "artifacts": [],
                 "path": null, "failure": null,
                 "metadata": {"serverVersion": null, "toolVersion": null, "databaseSizeBytes": null, "extensions": {},
                    "migrations": {}, "app": {"version": "1.2.3", "apps": ["a", {"b": 1.50}], "n": null}},
                 "verification": {"status": "none", "at": null}}
                """.formatted(
                        id, backup.get("requestedAt").asString()));
        assertThat(API.get("/api/v1/backups/" + id).text()).isEqualTo(accepted.text());

        var told = told(id, BackupRequested.class, 1).getFirst();
        assertThat(told.attempt()).isEqualTo(1);
        assertThat(told.sourceName()).isEqualTo("contract");
        assertThat(told.type()).isEqualTo(BackupType.FULL);
        assertThat(told.connection().database()).isEqualTo("shop");
        assertThat(told.metadata()).containsEntry("version", "1.2.3");
        assertThat(SealOpener.open(told.sealedPassword(), API.identity())).isEqualTo("secret");
    }

    @Test
    void what_is_not_said_has_a_sensible_default() {
        API.createSource("defaults");
        API.post("/api/v1/sources", """
                {"name": "with media", "host": "db", "port": 5432, "database": "shop", "username": "shop",
                 "password": "secret", "mediaPaths": ["/srv/media"]}""");

        var plain = API.post("/api/v1/backups", "{\"source\": \"defaults\"}").json();
        var full = API.post("/api/v1/backups", "{\"source\": \"with media\"}").json();
        var database = API.post("/api/v1/backups", "{\"source\": \"with media\", \"type\": \"database\"}")
                .json();
        var media = API.post("/api/v1/backups", "{\"source\": \"with media\", \"type\": \"media\"}")
                .json();

        assertThat(plain.get("type").asString()).isEqualTo("full");
        assertThat(plain.get("name").asString()).startsWith("defaults 20").endsWith(" UTC");
        assertThat(plain.get("includeMedia").asBoolean()).isFalse();
        assertThat(full.get("includeMedia").asBoolean()).isTrue();
        assertThat(database.get("includeMedia").asBoolean()).isFalse();
        assertThat(media.get("includeMedia").asBoolean()).isTrue();
        assertThat(told(media.get("id").asString(), BackupRequested.class, 1)
                        .getFirst()
                        .mediaPaths())
                .containsExactly("/srv/media");
    }

    @Test
    void the_catalogue_follows_what_the_worker_says() {
        var id = request("followed");
        var worker = WorkerEvents.of(id, "followed");

        long sequence = sequence(id);
        WIRE.say(worker.started(1), sequence + 10);
        WIRE.say(worker.progressed(1, BackupPhase.DUMP, 1234), sequence + 20);
        var running = shows(id, backup -> backup.get("bytesWritten").asLong() == 1234);
        assertThat(running.get("status").asString()).isEqualTo("running");
        assertThat(running.get("phase").asString()).isEqualTo("dump");
        assertThat(running.get("startedAt").asString()).endsWith("Z");
        assertThat(running.get("metadata").get("serverVersion").asString()).isEqualTo("17.11");

        WIRE.say(worker.completed(1), sequence + 30);
        var completed = shows(id, backup -> backup.get("status").asString().equals("completed"));
        assertThat(completed.get("phase").isNull()).isTrue();
        assertThat(completed.get("sizeBytes").asLong()).isEqualTo(4096);
        assertThat(completed.get("bytesWritten").asLong()).isEqualTo(4096);
        assertThat(completed.get("path").asString()).isEqualTo("/app/backups/shop/shop_backup_1");
        assertThat(completed.get("artifacts").get(0).get("sha256").asString()).isEqualTo("ab".repeat(32));
        assertThat(completed
                        .get("metadata")
                        .get("migrations")
                        .get("django_migrations")
                        .get("applied")
                        .asInt())
                .isEqualTo(3);
        assertThat(completed.get("finishedAt").isNull()).isFalse();
    }

    @Test
    void a_failure_is_shown_whole_and_the_backup_can_be_retried() {
        var id = request("failing");
        var worker = WorkerEvents.of(id, "failing");
        long sequence = sequence(id);
        WIRE.say(worker.started(1), sequence + 1);
        WIRE.say(worker.failed(1, true), sequence + 2);
        WIRE.say(worker.failed(2, false), sequence + 3);
        var failed = shows(id, backup -> backup.get("status").asString().equals("failed"));
        assertThat(failed.get("attempt").asInt()).isEqualTo(2);
        assertThat(failed.get("failure").get("code").asString()).isEqualTo("STORAGE_PERMISSION_DENIED");
        assertThat(failed.get("failure")
                        .get("remedies")
                        .get(0)
                        .get("commands")
                        .get(0)
                        .asString())
                .isEqualTo("ls -lnd /app/backups");

        var again = API.send("POST", "/api/v1/backups/" + id + "/retry", null);
        var twice = API.send("POST", "/api/v1/backups/" + id + "/retry", null);

        assertThat(again.status()).as(again.text()).isEqualTo(202);
        assertThat(again.json().get("status").asString()).isEqualTo("requested");
        assertThat(again.json().get("attempt").asInt()).isEqualTo(3);
        assertThat(again.json().get("failure").isNull()).isTrue();
        assertThat(again.json().get("startedAt").isNull()).isTrue();
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.json().get("code").asString()).isEqualTo("BACKUP_NOT_ENDED");
        assertThat(told(id, BackupRequested.class, 2).getLast().attempt()).isEqualTo(3);
    }

    @Test
    void a_retry_needs_the_source() {
        var id = request("vanishing");
        WIRE.say(WorkerEvents.of(id, "vanishing").failed(1, false), sequence(id) + 1);
        shows(id, backup -> backup.get("status").asString().equals("failed"));
        var source = API.get("/api/v1/sources?limit=200")
                .json()
                .get("items")
                .valueStream()
                .filter(item -> item.get("name").asString().equals("vanishing"))
                .findFirst()
                .orElseThrow();
        API.send("DELETE", "/api/v1/sources/" + source.get("id").asString(), null);

        var retried = API.send("POST", "/api/v1/backups/" + id + "/retry", null);

        assertThat(retried.status()).isEqualTo(409);
        assertThat(retried.json().get("code").asString()).isEqualTo("SOURCE_DELETED");
    }

    @Test
    void asking_twice_to_cancel_is_asking_once_and_too_late_is_a_conflict() {
        var id = request("cancelled");

        var first = API.send("POST", "/api/v1/backups/" + id + "/cancel", null);
        var second = API.send("POST", "/api/v1/backups/" + id + "/cancel", "{}");

        assertThat(first.status()).as(first.text()).isEqualTo(202);
        assertThat(second.status()).as(second.text()).isEqualTo(202);
        assertThat(told(id, BackupCancelRequested.class, 1)).hasSize(1);
        WIRE.say(WorkerEvents.of(id, "cancelled").cancelled(1), sequence(id) + 1);
        shows(id, backup -> backup.get("status").asString().equals("cancelled"));
        var late = API.send("POST", "/api/v1/backups/" + id + "/cancel", null);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().get("code").asString()).isEqualTo("BACKUP_ENDED");
        assertThat(WIRE.received(BackupId.of(id), BackupCancelRequested.class)).hasSize(1);
    }

    @Test
    void events_of_a_history_may_come_in_any_order_and_often() {
        var id = request("shuffled");
        var worker = WorkerEvents.of(id, "shuffled");
        long sequence = sequence(id);
        var history = new ArrayList<dev.holdfast.common.event.EventEnvelope>();
        var data = List.<BackupEvent>of(
                worker.started(1),
                worker.progressed(1, BackupPhase.DUMP, 10),
                worker.failed(1, true),
                worker.started(2),
                worker.progressed(2, BackupPhase.SEAL, 4096),
                worker.completed(2));
        for (int at = 0; at < data.size(); at++) {
            history.add(new dev.holdfast.common.event.EventEnvelope(
                    UUID.randomUUID(),
                    "/holdfast/backup-worker",
                    java.time.Instant.now(),
                    sequence + at + 1,
                    data.get(at)));
        }
        history.addAll(List.copyOf(history));
        Collections.shuffle(history, new Random(7));

        history.forEach(WIRE::send);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(eventsInFeed(id)).isEqualTo(7));
        var backup = API.get("/api/v1/backups/" + id).json();
        assertThat(backup.get("status").asString()).isEqualTo("completed");
        assertThat(backup.get("attempt").asInt()).isEqualTo(2);
    }

    @Test
    void an_event_of_an_unknown_backup_is_passed_over_and_the_next_one_counts() {
        var unknown = WorkerEvents.of(UUID.randomUUID().toString(), "unknown");
        var id = request("known");

        WIRE.say(unknown.completed(1), 5);
        WIRE.say(WorkerEvents.of(id, "known").started(1), sequence(id) + 1);

        shows(id, backup -> backup.get("status").asString().equals("running"));
        assertThat(API.get("/actuator/prometheus").text()).contains("holdfast_catalogue_unknown_backups_total");
    }

    @Test
    void what_is_no_event_is_set_aside_and_the_next_one_counts() {
        var id = request("after poison");
        var event = WIRE.say(
                WorkerEvents.of(UUID.randomUUID().toString(), "unknown").started(1), 5);
        var bodies = List.of(
                "no JSON".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                "[".repeat(10_000).getBytes(StandardCharsets.UTF_8),
                new byte[2 << 20],
                new byte[] {(byte) 0xac, (byte) 0xed, 0, 5});

        bodies.forEach(body -> WIRE.sendInstead(event, body));
        WIRE.say(WorkerEvents.of(id, "after poison").started(1), sequence(id) + 1);

        shows(id, backup -> backup.get("status").asString().equals("running"));
        var letters = bodies.stream().map(body -> WIRE.setAside()).toList();
        assertThat(letters).extracting(letter -> letter.getBody()).containsExactlyInAnyOrderElementsOf(bodies);
        assertThat(letters)
                .allSatisfy(letter -> assertThat(
                                letter.getMessageProperties().getHeaders().get("holdfast-reason"))
                        .asString()
                        .startsWith("PoisonEvent: the data "));
    }

    @Test
    void pages_stay_the_same_while_new_backups_come() {
        API.createSource("paged");
        var expected = new ArrayList<String>();
        for (int count = 0; count < 7; count++) {
            expected.add(API.post("/api/v1/backups", "{\"source\": \"paged\"}")
                    .json()
                    .get("id")
                    .asString());
        }
        Collections.reverse(expected);

        var seen = new ArrayList<String>();
        var path = "/api/v1/backups?source=paged&limit=3";
        while (path != null) {
            var page = API.get(path).json();
            page.get("items").forEach(item -> seen.add(item.get("id").asString()));
            path = page.get("next").isNull()
                    ? null
                    : "/api/v1/backups?source=paged&limit=3&cursor="
                            + page.get("next").asString();
            API.post("/api/v1/backups", "{\"source\": \"paged\"}");
        }

        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void the_list_is_filtered_and_a_cursor_is_bound_to_its_filter() {
        API.createSource("filtered");
        var first = API.post("/api/v1/backups", "{\"source\": \"filtered\"}").json();
        API.post("/api/v1/backups", "{\"source\": \"filtered\"}");

        var page = API.get("/api/v1/backups?source=filtered&status=requested&limit=1")
                .json();
        var other = API.get("/api/v1/backups?source=filtered&status=failed&limit=1&cursor="
                + page.get("next").asString());

        assertThat(page.get("items")).hasSize(1);
        assertThat(API.get("/api/v1/backups?source=filtered&status=completed")
                        .json()
                        .get("items"))
                .isEmpty();
        assertThat(API.get("/api/v1/backups?source=nobody").json().get("items")).isEmpty();
        assertThat(other.status()).isEqualTo(400);
        assertThat(API.get("/api/v1/backups?source=filtered")
                        .json()
                        .get("items")
                        .get(1))
                .isEqualTo(first);
    }

    private static String request(String source) {
        API.createSource(source);
        return API.post(
                        "/api/v1/backups",
                        JsonMapper.shared()
                                .createObjectNode()
                                .put("source", source)
                                .toString())
                .json()
                .get("id")
                .asString();
    }

    private static <T extends BackupEvent> List<T> told(String id, Class<T> type, int count) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> WIRE.received(BackupId.of(id), type).size() >= count);
        return WIRE.received(BackupId.of(id), type);
    }

    private static long sequence(String id) {
        told(id, BackupRequested.class, 1);
        return WIRE.newest(BackupId.of(id));
    }

    private static int eventsInFeed(String id) {
        return API.bean(org.springframework.jdbc.core.simple.JdbcClient.class)
                .sql("select count(*) from live_event where backup_id = ?::uuid")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private static JsonNode shows(String id, java.util.function.Predicate<JsonNode> expected) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> API.get("/api/v1/backups/" + id).json(), expected);
    }
}
