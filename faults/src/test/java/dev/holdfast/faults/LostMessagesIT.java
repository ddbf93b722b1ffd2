package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Row A8, where it hurts most: somebody deletes a queue, or empties it, with messages in it that were confirmed. */
@FaultRows
class LostMessagesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void requests_that_somebody_throws_away_with_their_queue_run_all_the_same(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        holdfast.worker().process().kill();
        var ids = new ArrayList<String>();
        for (int n = 0; n < 5; n++) {
            ids.add(holdfast.rest().request(source));
        }
        awaitPublished(holdfast, "api");
        assertThat(messages(holdfast, "worker")).isGreaterThanOrEqualTo(5);

        lose(holdfast, "delete_queue", "worker");
        holdfast.worker().process().start().awaitReady();

        for (var id : ids) {
            holdfast.rest().await(id, "completed", PATIENCE);
        }
        assertThat(holdfast.column("select attempt from worker.job where id in ('" + String.join("','", ids) + "')"))
                .containsOnly("1");
    }

    @Test
    void a_result_that_somebody_throws_away_with_its_queue_is_in_the_record_all_the_same(Installation holdfast) {
        var id = dumping(holdfast);
        holdfast.api().kill();
        holdfast.sources().network().heal();
        await("the end of the backup")
                .atMost(PATIENCE)
                .until(() -> holdfast.column("select state from worker.job where id = '" + id + "'")
                        .equals(List.of("completed")));
        awaitPublished(holdfast, "worker");
        assertThat(messages(holdfast, "api")).isPositive();

        lose(holdfast, "purge_queue", "api");
        holdfast.api().start().awaitReady();

        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @Test
    void a_wish_to_cancel_that_somebody_throws_away_with_its_queue_is_heard_all_the_same(Installation holdfast) {
        var id = dumping(holdfast);
        holdfast.worker().process().kill();
        holdfast.rest().post("/api/v1/backups/" + id + "/cancel", List.of(), 202);
        awaitPublished(holdfast, "api");

        lose(holdfast, "delete_queue", "worker");
        holdfast.worker().process().start().awaitReady();

        holdfast.rest().await(id, "cancelled", PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete_queue", "purge_queue"})
    void a_failure_that_somebody_throws_away_with_the_queue_of_notification_is_alerted_all_the_same(
            String command, Installation holdfast) {
        var id = failedUnheard(holdfast);

        lose(holdfast, command, "notification");
        holdfast.notification().start().awaitReady();

        var failure = awaitLogged(holdfast, id);
        await("the alert")
                .atMost(PATIENCE)
                .until(() -> holdfast.rest().alerts().stream().anyMatch(alert -> counts(alert, failure)));
    }

    /** A backup that has failed while the notification-service was dead: the news of it waits in the queue. */
    private static String failedUnheard(Installation holdfast) {
        holdfast.worker().process().kill();
        holdfast.rest()
                .source(
                        "nowhere",
                        "no_such_database",
                        holdfast.sources().network().port());
        var id = holdfast.rest().request("nowhere");
        await("the request in the log")
                .atMost(PATIENCE)
                .until(() -> !holdfast.rest().log(id).isEmpty());
        holdfast.notification().kill();
        holdfast.worker().process().start().awaitReady();
        holdfast.rest().await(id, "failed", PATIENCE);
        awaitPublished(holdfast, "worker");
        assertThat(messages(holdfast, "notification")).isPositive();
        return id;
    }

    private static JsonNode awaitLogged(Installation holdfast, String id) {
        var failures = new ArrayList<JsonNode>();
        await("the failure in the log").atMost(PATIENCE).until(() -> {
            holdfast.rest().log(id).stream()
                    .filter(entry -> entry.path("type").asString().endsWith("backup.failed.v1"))
                    .forEach(failures::add);
            return !failures.isEmpty();
        });
        return failures.getFirst();
    }

    private static boolean counts(JsonNode alert, JsonNode failure) {
        return alert.path("code").equals(failure.path("data").path("failure").path("code"))
                && alert.path("lastFailureAt").equals(failure.path("time"));
    }

    /** A backup whose dump goes on until the network is healed. */
    private static String dumping(Installation holdfast) {
        holdfast.sources().network().slowToClient(100_000);
        var id = holdfast.rest().request(holdfast.bulkySource("gallery", 12));
        await("the dump")
                .atMost(PATIENCE)
                .until(() -> !ProcessTable.dumpsOf(holdfast.directory()).isEmpty());
        return id;
    }

    private static void awaitPublished(Installation holdfast, String service) {
        await("an empty outbox of " + service)
                .atMost(PATIENCE)
                .until(() -> holdfast.column("select count(*) from " + service + ".outbox")
                        .equals(List.of("0")));
    }

    private static long messages(Installation holdfast, String service) {
        var count = new AtomicLong();
        holdfast.subscriber().with(channel -> count.set(channel.messageCount("holdfast.events." + service)));
        return count.get();
    }

    private static void lose(Installation holdfast, String command, String service) {
        holdfast.broker().ctl(command, "-p", holdfast.virtualHost(), "holdfast.events." + service);
    }
}
