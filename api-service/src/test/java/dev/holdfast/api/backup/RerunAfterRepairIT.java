package dev.holdfast.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.RunningApi;
import dev.holdfast.api.Wire;
import dev.holdfast.api.WorkerEvents;
import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.event.HoldfastEvent;
import dev.holdfast.common.event.StorageFailed;
import dev.holdfast.common.event.StorageRecovered;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class RerunAfterRepairIT {
    private static final RunningApi API = RunningApi.shared();
    private static final Wire WIRE = new Wire(API);

    /** Each test has a day and a root of its own, so that no outage of one is an outage of another. */
    private static final AtomicInteger DAY = new AtomicInteger();

    private static final AtomicInteger CANARY = new AtomicInteger();

    private final Instant noon = Instant.now()
            .truncatedTo(ChronoUnit.SECONDS)
            .minus(Duration.ofHours(2))
            .minus(Duration.ofDays(DAY.incrementAndGet()));
    private final String root = "/app/backups/" + DAY;

    @AfterAll
    static void close() {
        WIRE.close();
    }

    @Test
    void a_backup_that_asked_for_nothing_but_permission_runs_again_once_the_storage_is_repaired() {
        var worker = request("repaired");
        fail(worker, 1, noon);
        shows(worker, "failed", 1);

        send(failedSince(noon.plusSeconds(1)), noon.plusSeconds(1));
        send(recovered(noon.plusSeconds(1)), noon.plusSeconds(60));

        var again = shows(worker, "requested", 2);
        assertThat(again.get("failure").isNull()).isTrue();
        await().untilAsserted(() -> assertThat(requests(worker)).hasSize(2));
        assertThat(requests(worker).getLast().attempt()).isEqualTo(2);
        send(worker.completed(2), Instant.now());
        shows(worker, "completed", 2);
    }

    @Test
    void a_failure_that_is_heard_of_after_the_repair_of_its_cause_runs_again_too() {
        var worker = request("late");
        send(recovered(noon), noon.plusSeconds(60));
        fail(worker, 1, noon.plusSeconds(30));

        shows(worker, "requested", 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void in_whatever_order_and_however_often_the_events_come_there_is_one_more_attempt(long seed) {
        var worker = request("shuffled " + seed);
        long sequence = WIRE.newest(worker.backup());
        var events = new ArrayList<>(List.of(
                event(worker.started(1), noon.minusSeconds(1), sequence + 1),
                event(worker.failed(1, false), noon, sequence + 2),
                event(failedSince(noon), noon, 1),
                event(recovered(noon), noon.plusSeconds(60), 2)));
        events.addAll(List.copyOf(events));
        Collections.shuffle(events, new Random(seed));

        events.forEach(WIRE::send);

        shows(worker, "requested", 2);
        afterTwoMoreLooks(worker);
        shows(worker, "requested", 2);
        assertThat(requests(worker)).hasSize(2);
    }

    @Test
    void who_fails_again_after_the_next_repair_waits_for_a_person_and_then_has_another_go() {
        var worker = request("stubborn");
        fail(worker, 1, noon);
        send(recovered(noon), noon.plusSeconds(60));
        shows(worker, "requested", 2);

        fail(worker, 2, noon.plusSeconds(120));
        send(recovered(noon.plusSeconds(120)), noon.plusSeconds(180));
        afterTwoMoreLooks(worker);
        shows(worker, "failed", 2);

        API.send("POST", "/api/v1/backups/" + worker.backup() + "/retry", null);
        shows(worker, "requested", 3);
        fail(worker, 3, noon.plusSeconds(240));
        send(recovered(noon.plusSeconds(240)), noon.plusSeconds(300));
        shows(worker, "requested", 4);
    }

    @Test
    void while_a_newer_outage_lasts_the_one_go_is_saved_for_its_end() {
        var worker = request("flapping");
        send(failedSince(noon.plusSeconds(90)), noon.plusSeconds(90));
        send(recovered(noon), noon.plusSeconds(60));
        fail(worker, 1, noon.plusSeconds(30));
        afterTwoMoreLooks(worker);
        shows(worker, "failed", 1);

        send(recovered(noon.plusSeconds(90)), noon.plusSeconds(150));

        shows(worker, "requested", 2);
    }

    @Test
    void what_the_repair_has_nothing_to_do_with_stays_as_it_is() {
        var earlier = request("an hour before");
        fail(earlier, 1, noon.minusSeconds(3600));
        var later = request("after it");
        fail(later, 1, noon.plusSeconds(61));
        var full = request("full");
        send(full(full), noon);
        var cancelled = request("cancelled by somebody");
        send(cancelled.cancelled(1), noon);
        var completed = request("completed");
        send(completed.completed(1), noon);
        var gone = request("deleted meanwhile");
        fail(gone, 1, noon);
        shows(gone, "failed", 1);
        deleteSource(gone);
        var hit = request("hit");
        fail(hit, 1, noon);

        send(recovered(noon), noon.plusSeconds(60));

        shows(hit, "requested", 2);
        afterTwoMoreLooks(hit);
        shows(earlier, "failed", 1);
        shows(later, "failed", 1);
        shows(full, "failed", 1);
        shows(cancelled, "cancelled", 1);
        shows(completed, "completed", 1);
        shows(gone, "failed", 1);
    }

    @Test
    void three_hundred_failed_backups_run_again_once_each() {
        API.createSource("many");
        var workers = new ArrayList<WorkerEvents>();
        for (int count = 0; count < 300; count++) {
            workers.add(accept("many"));
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(workers)
                        .allSatisfy(worker -> assertThat(requests(worker)).hasSize(1)));
        workers.forEach(worker -> fail(worker, 1, noon));
        await().atMost(Duration.ofSeconds(60)).until(() -> counted("FAILED", 1) == 300);

        send(recovered(noon), noon.plusSeconds(60));

        await().atMost(Duration.ofSeconds(60)).until(() -> counted("REQUESTED", 2) == 300);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(workers)
                        .allSatisfy(worker -> assertThat(requests(worker)).hasSize(2)));
        afterTwoMoreLooks(workers.getLast());
        assertThat(counted("REQUESTED", 2)).isEqualTo(300);
    }

    private static WorkerEvents request(String source) {
        API.createSource(source);
        return requestOf(source);
    }

    private static WorkerEvents accept(String source) {
        var accepted = API.post("/api/v1/backups", "{\"source\": \"" + source + "\"}");
        return WorkerEvents.of(accepted.json().get("id").asString(), source);
    }

    private static WorkerEvents requestOf(String source) {
        var worker = accept(source);
        await().atMost(Duration.ofSeconds(20)).until(() -> !requests(worker).isEmpty());
        return worker;
    }

    private static void deleteSource(WorkerEvents worker) {
        var source = requests(worker).getFirst().sourceId();
        assertThat(API.send("DELETE", "/api/v1/sources/" + source, null).status())
                .isEqualTo(204);
    }

    private static List<BackupRequested> requests(WorkerEvents worker) {
        return WIRE.received(worker.backup(), BackupRequested.class);
    }

    private static void fail(WorkerEvents worker, int attempt, Instant at) {
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .until(() -> requests(worker).stream().anyMatch(request -> request.attempt() == attempt));
        send(worker.failed(attempt, false), at);
    }

    private static HoldfastEvent full(WorkerEvents worker) {
        var failure = Failure.of(FailureCode.STORAGE_FULL, "no room in /app/backups", "ENOSPC", Map.of());
        return new BackupFailed(worker.backup(), worker.source(), worker.sourceName(), 1, failure, "log", false, null);
    }

    private HoldfastEvent failedSince(Instant since) {
        var failure = Failure.of(FailureCode.STORAGE_PERMISSION_DENIED, "/app/backups refuses", "EACCES", Map.of());
        return new StorageFailed("worker-1", root, since, failure);
    }

    private HoldfastEvent recovered(Instant failedSince) {
        return recovered(root, failedSince);
    }

    private static HoldfastEvent recovered(String root, Instant failedSince) {
        return new StorageRecovered("worker-1", root, failedSince, FailureCode.STORAGE_PERMISSION_DENIED);
    }

    private static void send(HoldfastEvent data, Instant at) {
        long newest = data instanceof BackupEvent backup ? WIRE.newest(backup.backupId()) : 0;
        WIRE.send(event(data, at, newest + 1));
    }

    private static EventEnvelope event(HoldfastEvent data, Instant at, long sequence) {
        return new EventEnvelope(UUID.randomUUID(), "/holdfast/backup-worker", at, sequence, data);
    }

    /** A backup that is stranded now has run again by then: looks are one after the other, so the second one began after this. */
    private static void afterTwoMoreLooks(WorkerEvents present) {
        for (int look = 0; look < 2; look++) {
            var canary = requestOf(present.sourceName());
            var at = Instant.now().minus(Duration.ofDays(20)).minusSeconds(3600L * CANARY.incrementAndGet());
            send(recovered("/canary", at), at.plusSeconds(60));
            fail(canary, 1, at);
            shows(canary, "requested", 2);
            jdbc().sql("delete from backup where id = ?")
                    .param(canary.backup().value())
                    .update();
        }
    }

    private static long counted(String status, int attempt) {
        return jdbc().sql("select count(*) from backup where source_name = 'many' and status = ? and attempt = ?")
                .param(status)
                .param(attempt)
                .query(Long.class)
                .single();
    }

    private static JdbcClient jdbc() {
        return API.bean(JdbcClient.class);
    }

    private static JsonNode shows(WorkerEvents worker, String status, int attempt) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> API.get("/api/v1/backups/" + worker.backup()).json(),
                        backup -> backup.get("status").asString().equals(status)
                                && backup.get("attempt").asInt() == attempt);
    }
}
