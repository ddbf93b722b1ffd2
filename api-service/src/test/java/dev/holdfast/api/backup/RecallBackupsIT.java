package dev.holdfast.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.RunningApi;
import dev.holdfast.api.Wire;
import dev.holdfast.api.WorkerEvents;
import dev.holdfast.common.event.BackupCancelRequested;
import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.id.BackupId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class RecallBackupsIT {
    private static final Duration AFTER = Duration.ofSeconds(2);

    private static RunningApi api;
    private static Wire wire;

    @BeforeAll
    static void start() {
        api = RunningApi.start("--holdfast.recall.after=" + AFTER, "--holdfast.recall.every=100ms");
        wire = new Wire(api);
        for (var source : List.of("shop", "gone")) {
            api.createSource(source);
        }
    }

    @AfterAll
    static void close() {
        wire.close();
        api.close();
    }

    @Test
    void a_request_that_the_worker_never_got_is_made_again_as_the_very_same_event() {
        var worker = new RecalledWorker(request("shop"), 404);

        eventually().until(() -> worker.requests().size() >= 3);

        assertThat(worker.requests()).containsOnly(worker.requests().getFirst());
        assertThat(worker.asked()).allMatch(question -> question.query().equals("attempt=1"));
    }

    @Test
    void the_news_of_its_end_is_asked_for_until_it_comes() {
        var worker = new RecalledWorker(request("shop"), 200);
        wire.say(worker.events().started(1), wire.newest(worker.backup()) + 1);
        eventually().until(() -> worker.asked().size() >= 2);
        assertThat(worker.requests()).hasSize(1);

        wire.say(worker.events().completed(1), wire.newest(worker.backup()) + 2);

        eventually().until(() -> worker.shows("completed"));
        int asked = worker.asked().size();
        var later = new RecalledWorker(request("shop"), 200);
        eventually().until(() -> later.asked().size() >= 2);
        assertThat(worker.asked()).hasSizeLessThanOrEqualTo(asked + 1);
    }

    @Test
    void whatever_the_answer_is_a_backup_is_asked_about_once_in_a_while_and_ever_less_often() {
        var requested = System.nanoTime();
        var workers = List.of(
                new RecalledWorker(request("shop"), 200),
                new RecalledWorker(request("shop"), 404),
                new RecalledWorker(request("shop"), 500));

        for (var worker : workers) {
            eventually().until(() -> worker.asked().size() >= 3);
            // A look's own moment is earlier than that of the question.
            long last = requested;
            for (var question : worker.asked()) {
                assertThat(Duration.ofNanos(question.at() - last)).isGreaterThan(AFTER.minusMillis(500));
                last = question.at();
            }
            var asked = worker.asked();
            assertThat(Duration.ofNanos(asked.get(2).at() - asked.get(1).at()))
                    .isGreaterThan(AFTER.multipliedBy(2).minusMillis(500));
        }
        assertThat(workers.getFirst().requests()).hasSize(1);
        assertThat(workers.getLast().requests()).hasSize(1);
    }

    @Test
    void a_worker_that_is_not_ready_is_asked_at_the_next_look_and_nothing_is_done_meanwhile() {
        var worker = new RecalledWorker(request("shop"), 503);

        eventually().until(() -> worker.asked().size() >= 5);

        var asked = worker.asked();
        assertThat(Duration.ofNanos(asked.get(4).at() - asked.get(0).at())).isLessThan(AFTER.multipliedBy(4));
        assertThat(worker.requests()).hasSize(1);
        worker.answers(404);
        eventually().until(() -> worker.requests().size() >= 2);
    }

    @Test
    void a_retry_is_recalled_as_the_attempt_and_the_event_that_it_is() {
        var worker = new RecalledWorker(request("shop"), 200);
        wire.say(worker.events().failed(1, false), wire.newest(worker.backup()) + 1);
        eventually().until(() -> worker.shows("failed"));

        assertThat(api.send("POST", "/api/v1/backups/" + worker.backup() + "/retry", null)
                        .status())
                .isEqualTo(202);
        worker.answers(404);

        eventually().until(() -> worker.requests().size() >= 3);
        var requests = worker.requests();
        assertThat(requests.get(2)).isEqualTo(requests.get(1));
        assertThat(requests.get(1).id()).isNotEqualTo(requests.get(0).id());
        assertThat(worker.asked().getLast().query()).isEqualTo("attempt=2");
    }

    @Test
    void a_wish_to_cancel_is_told_again_with_or_without_the_request() {
        var running = new RecalledWorker(request("shop"), 200);
        var unknown = new RecalledWorker(request("shop"), 404);

        for (var worker : List.of(running, unknown)) {
            assertThat(api.send("POST", "/api/v1/backups/" + worker.backup() + "/cancel", null)
                            .status())
                    .isEqualTo(202);
        }

        for (var worker : List.of(running, unknown)) {
            eventually().until(() -> worker.heard(BackupCancelRequested.class).size() >= 2);
            assertThat(worker.heard(BackupCancelRequested.class))
                    .extracting(EventEnvelope::sequence)
                    .containsOnly(
                            worker.heard(BackupCancelRequested.class).getFirst().sequence());
        }
        assertThat(running.requests()).hasSize(1);
        assertThat(unknown.requests()).hasSizeGreaterThan(1);
    }

    @Test
    void a_request_from_before_its_event_was_remembered_is_made_again_as_one_event() {
        var worker = new RecalledWorker(request("shop"), 200);
        jdbc().sql("update api.backup set request_event = null, request_event_at = null where id = ?")
                .param(worker.backup().value())
                .update();
        worker.answers(404);

        eventually().until(() -> worker.requests().size() >= 3);

        var requests = worker.requests();
        assertThat(requests.get(1).sequence()).isEqualTo(requests.get(0).sequence());
        assertThat(requests.get(1).data()).isEqualTo(requests.get(0).data());
        assertThat(requests.get(2)).isEqualTo(requests.get(1));
    }

    @Test
    void without_its_source_a_request_can_not_be_made_again() {
        var worker = new RecalledWorker(request("gone"), 404);
        jdbc().sql("delete from api.source where name = 'gone'").update();
        int asked = worker.asked().size();
        int requests = worker.requests().size();

        eventually().until(() -> worker.asked().size() >= asked + 3);

        assertThat(worker.requests()).hasSizeLessThanOrEqualTo(requests + 1);
        assertThat(worker.shows("requested")).isTrue();
    }

    private static BackupId request(String source) {
        var accepted = api.post("/api/v1/backups", "{\"source\": \"" + source + "\"}");
        return BackupId.of(accepted.json().get("id").asString());
    }

    private static JdbcClient jdbc() {
        return api.bean(JdbcClient.class);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(20));
    }

    private record Question(String query, long at) {}

    /** What the worker answers when it is asked about one backup, and what it heard. */
    private static final class RecalledWorker {
        private final BackupId backup;
        private final List<Question> asked = new CopyOnWriteArrayList<>();
        private volatile int status;

        RecalledWorker(BackupId backup, int status) {
            this.backup = backup;
            this.status = status;
            api.worker().on("/internal/v1/backups/" + backup + "/recall", exchange -> {
                asked.add(new Question(exchange.getRequestURI().getQuery(), System.nanoTime()));
                var body = "{\"state\":\"running\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(this.status, body.length);
                exchange.getResponseBody().write(body);
            });
            eventually().until(() -> !requests().isEmpty());
        }

        void answers(int other) {
            status = other;
        }

        BackupId backup() {
            return backup;
        }

        WorkerEvents events() {
            return WorkerEvents.of(backup.toString(), "shop");
        }

        List<Question> asked() {
            return List.copyOf(asked);
        }

        List<EventEnvelope> requests() {
            return heard(BackupRequested.class);
        }

        List<EventEnvelope> heard(Class<? extends BackupEvent> type) {
            return wire.envelopes(backup, type);
        }

        boolean shows(String state) {
            return api.get("/api/v1/backups/" + backup)
                    .json()
                    .get("status")
                    .asString()
                    .equals(state);
        }
    }
}
