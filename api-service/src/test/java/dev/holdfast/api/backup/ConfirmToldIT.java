package dev.holdfast.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.api.RunningApi;
import dev.holdfast.api.Wire;
import dev.holdfast.api.WorkerEvents;
import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.id.BackupId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(OutputCaptureExtension.class)
class ConfirmToldIT {
    private static final Duration AFTER = Duration.ofSeconds(2);

    private static RunningApi api;
    private static Wire wire;
    private static Listener notification;

    @BeforeAll
    static void start() {
        api = RunningApi.start("--holdfast.recall.after=" + AFTER, "--holdfast.recall.every=100ms");
        wire = new Wire(api);
        notification = new Listener();
        api.createSource("shop");
    }

    @AfterAll
    static void close() {
        wire.close();
        api.close();
    }

    @AfterEach
    void forget() {
        notification.answers(200);
        jdbc().sql("delete from untold_outcome").update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "failed", "cancelled"})
    void an_outcome_that_was_heard_is_never_asked_about_again(String end) {
        var backup = new EndedBackup(end, 200);
        notification.hears(backup.outcome());

        eventually().until(() -> !isUntold(backup));

        int asked = notification.asked(backup);
        var later = new EndedBackup("failed", 200);
        eventually().until(() -> notification.asked(later) >= 1);
        assertThat(asked).isPositive();
        assertThat(notification.asked(backup)).isEqualTo(asked);
        assertThat(backup.recalls()).isEmpty();
    }

    @Test
    void an_outcome_that_was_not_heard_is_told_again_until_it_is() {
        var backup = new EndedBackup("failed", 200);

        eventually().until(() -> backup.recalls().size() >= 2);
        notification.hears(backup.outcome());

        eventually().until(() -> !isUntold(backup));
        assertThat(backup.recalls()).containsOnly("attempt=1");
    }

    @Test
    void the_more_often_it_was_told_the_longer_is_the_wait_for_the_next_time() {
        var backup = new EndedBackup("failed", 200);

        eventually().until(() -> backup.recalls().size() >= 3);

        var waits = backup.waits();
        // A look's own moment is earlier than that of the question.
        assertThat(waits.get(0)).isGreaterThan(AFTER.minusMillis(500));
        assertThat(waits.get(1)).isGreaterThan(AFTER.multipliedBy(2).minusMillis(500));
    }

    @Test
    void one_answer_of_a_worker_that_does_not_know_it_is_not_the_end() {
        var backup = new EndedBackup("failed", 404);

        eventually().until(() -> backup.recalls().size() >= 2);

        assertThat(isUntold(backup)).isTrue();
        assertThat(tries(backup)).isPositive();
    }

    @Test
    void an_error_of_the_worker_is_no_try() {
        var backup = new EndedBackup("failed", 401);

        eventually().until(() -> backup.recalls().size() >= 2);

        assertThat(tries(backup)).isZero();
    }

    @Test
    void an_answer_that_nobody_can_read_is_none(CapturedOutput output) {
        notification.says("{}");
        var backup = new EndedBackup("failed", 200);

        eventually().until(() -> notification.asked(backup) >= 3);

        assertThat(output)
                .contains("the notification-service's answer can't be read")
                .doesNotContain("NullPointerException");
        assertThat(backup.recalls()).isEmpty();
        assertThat(isUntold(backup)).isTrue();
    }

    @Test
    void what_is_told_twenty_times_and_never_heard_is_given_up_with_one_warning(CapturedOutput output) {
        var backup = new EndedBackup("failed", 200);
        eventually().until(() -> isUntold(backup));
        jdbc().sql("update untold_outcome set tries = 20, ask_at = now() where backup_id = ?")
                .param(backup.id().value())
                .update();

        eventually().until(() -> !isUntold(backup));

        assertThat(output.toString().lines().filter(line -> line.contains("tell it 20 times")))
                .singleElement()
                .asString()
                .contains("WARN");
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 500, 404, 401})
    void while_the_notification_service_can_not_be_asked_nothing_is_told_again(int status) {
        notification.answers(status);
        var backup = new EndedBackup("failed", 200);

        eventually().until(() -> notification.asked(backup) >= 3);

        assertThat(backup.recalls()).isEmpty();
        assertThat(isUntold(backup)).isTrue();
    }

    @Test
    void a_worker_that_is_not_ready_is_asked_soon_and_one_that_fails_later() {
        var unready = new EndedBackup("failed", 503);
        eventually().until(() -> unready.recalls().size() >= 5);
        assertThat(unready.waits().stream().limit(4).reduce(Duration.ZERO, Duration::plus))
                .isLessThan(AFTER.multipliedBy(4));
        unready.answers(500);
        int before = unready.recalls().size();

        eventually().until(() -> unready.recalls().size() >= before + 2);

        assertThat(unready.waits().getLast()).isGreaterThan(AFTER.minusMillis(500));
    }

    @Test
    void a_failure_that_the_worker_tries_again_by_itself_is_no_outcome() {
        var backup = BackupId.of(request());
        wire.say(events(backup).failed(1, true), wire.newest(backup) + 1);
        var later = new EndedBackup("failed", 200);

        eventually().until(() -> isUntold(later));

        assertThat(untold(backup)).isZero();
    }

    @Test
    void the_outcome_of_the_next_attempt_takes_the_place_of_the_one_before() {
        var backup = new EndedBackup("failed", 200);
        eventually().until(() -> !backup.recalls().isEmpty());
        assertThat(api.send("POST", "/api/v1/backups/" + backup.id() + "/retry", null)
                        .status())
                .isEqualTo(202);
        eventually().until(() -> wire.newest(backup.id()) > backup.outcome().sequence());

        var second = backup.say(events(backup.id()).completed(2));

        eventually()
                .until(() -> jdbc().sql("select event_id from untold_outcome where backup_id = ? and attempt = 2")
                        .param(backup.id().value())
                        .query(UUID.class)
                        .optional()
                        .equals(Optional.of(second.id())));
        notification.hears(second);
        eventually().until(() -> !isUntold(backup));
    }

    @Test
    void many_are_asked_about_a_hundred_at_a_time() {
        jdbc().sql("""
                        insert into untold_outcome (backup_id, event_id, attempt, ask_at)
                        select gen_random_uuid(), gen_random_uuid(), 1, now() - n * interval '1 s' from generate_series(1, 250) n
                        """).update();
        notification.hearsAll();

        eventually().until(() -> count("select count(*) from untold_outcome") == 0);

        assertThat(notification.mostAtOnce()).isEqualTo(100);
    }

    private static String request() {
        return api.post("/api/v1/backups", "{\"source\": \"shop\"}")
                .json()
                .get("id")
                .asString();
    }

    private static WorkerEvents events(BackupId backup) {
        return WorkerEvents.of(backup.toString(), "shop");
    }

    private static boolean shows(BackupId backup, String state) {
        return api.get("/api/v1/backups/" + backup)
                .json()
                .get("status")
                .asString()
                .equals(state);
    }

    private static long tries(EndedBackup backup) {
        return count("select tries from untold_outcome where backup_id = '" + backup.id() + "'");
    }

    private static boolean isUntold(EndedBackup backup) {
        return untold(backup.id()) == 1;
    }

    private static long untold(BackupId backup) {
        return count("select count(*) from untold_outcome where backup_id = '" + backup + "'");
    }

    private static long count(String sql) {
        return jdbc().sql(sql).query(Long.class).single();
    }

    private static JdbcClient jdbc() {
        return api.bean(JdbcClient.class);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(20));
    }

    /** The notification-service, which hears of what a test says. */
    private static final class Listener {
        private final Set<UUID> heard = ConcurrentHashMap.newKeySet();
        private final List<List<UUID>> questions = new CopyOnWriteArrayList<>();
        private volatile boolean hearsAll;
        private volatile int status = 200;
        private volatile String words = "";

        Listener() {
            api.worker().on("/internal/v1/events/heard", exchange -> {
                var ids = ids(exchange.getRequestURI().getQuery());
                questions.add(ids);
                var known = ids.stream()
                        .filter(id -> hearsAll || heard.contains(id))
                        .map(id -> '"' + id.toString() + '"')
                        .collect(Collectors.joining(",", "{\"heard\":[", "]}"));
                var answer = (words.isEmpty() ? known : words).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, answer.length);
                exchange.getResponseBody().write(answer);
            });
        }

        void answers(int other) {
            status = other;
            hearsAll = false;
            words = "";
        }

        void says(String json) {
            words = json;
        }

        void hears(EventEnvelope event) {
            heard.add(event.id());
        }

        void hearsAll() {
            hearsAll = true;
        }

        int asked(EndedBackup backup) {
            return (int) questions.stream()
                    .filter(question -> question.contains(backup.outcome().id()))
                    .count();
        }

        int mostAtOnce() {
            return questions.stream().mapToInt(List::size).max().orElse(0);
        }

        private static List<UUID> ids(String query) {
            return Arrays.stream(query.substring("ids=".length()).split(","))
                    .map(UUID::fromString)
                    .toList();
        }
    }

    /** One backup that has ended, and what the worker is asked and answers about it. */
    private static final class EndedBackup {
        private final BackupId id = BackupId.of(request());
        private final List<String> recalls = new CopyOnWriteArrayList<>();
        private final List<Long> times = new CopyOnWriteArrayList<>();
        private final EventEnvelope outcome;
        private volatile int status;

        EndedBackup(String end, int status) {
            this.status = status;
            api.worker().on("/internal/v1/backups/" + id + "/recall", exchange -> {
                times.add(System.nanoTime());
                recalls.add(exchange.getRequestURI().getQuery());
                exchange.sendResponseHeaders(this.status, -1);
            });
            eventually().until(() -> wire.newest(id) > 0);
            outcome = say(
                    switch (end) {
                        case "completed" -> events(id).completed(1);
                        case "failed" -> events(id).failed(1, false);
                        default -> events(id).cancelled(1);
                    });
            eventually().until(() -> shows(id, end));
            // Until it had ended, somebody else may have asked.
            recalls.clear();
            times.clear();
        }

        EventEnvelope say(BackupEvent event) {
            return wire.say(event, wire.newest(id) + 1);
        }

        BackupId id() {
            return id;
        }

        EventEnvelope outcome() {
            return outcome;
        }

        void answers(int other) {
            status = other;
        }

        List<String> recalls() {
            return List.copyOf(recalls);
        }

        List<Duration> waits() {
            var all = List.copyOf(times);
            return IntStream.range(1, all.size())
                    .mapToObj(at -> Duration.ofNanos(all.get(at) - all.get(at - 1)))
                    .toList();
        }
    }
}
