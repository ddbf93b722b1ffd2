package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows A1 to A12, as far as they leave the services running: the broker goes, stands still, forgets. */
@FaultRows
class BrokerFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CUT_ROUNDS = Integer.getInteger("holdfast.faults.cut-rounds", 2);
    private static final int CONFIRMED = Integer.getInteger("holdfast.faults.confirmed", 40);

    @Test
    void a_request_is_accepted_while_the_broker_is_stopped_and_runs_when_it_is_back(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        holdfast.broker().stopApp();

        var id = holdfast.rest().request(source);

        assertThat(holdfast.rest().status(id)).isEqualTo("requested");
        assertThat(holdfast.column("select count(*) from api.outbox where subject = '" + id + "'"))
                .containsExactly("1");
        assertThat(holdfast.api().isReady()).isTrue();
        holdfast.broker().startApp();
        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @Test
    void an_event_whose_confirm_is_lost_is_sent_again_and_has_one_effect(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        holdfast.rest().backUp(source);
        holdfast.subscriber().events();
        holdfast.api().broker().dropToClientOnce("backup.requested.v1");

        var id = holdfast.rest().request(source);
        await("the run, by a request that the api does not know to be published")
                .atMost(PATIENCE)
                .until(() -> holdfast.column("select state from worker.job where id = '" + id + "'")
                        .equals(List.of("completed")));
        assertThat(holdfast.column("select count(*) from api.outbox where subject = '" + id + "'"))
                .containsExactly("1");
        holdfast.api().broker().cut();
        holdfast.api().broker().heal();

        holdfast.rest().await(id, "completed", PATIENCE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(holdfast.subscriber().events())
                        .filteredOn(event ->
                                event.subject().equals(id) && event.type().contains("backup.requested"))
                        .hasSizeGreaterThan(1));
        assertThat(holdfast.column("select attempt from worker.job where id = '" + id + "'"))
                .containsExactly("1");
    }

    @Test
    void a_dump_ends_while_the_broker_is_stopped_and_is_told_of_later(Installation holdfast) {
        holdfast.sources().network().slowToClient(400_000);
        var id = holdfast.rest().request(holdfast.bulkySource("gallery", 12));
        await("the dump")
                .atMost(PATIENCE)
                .until(() -> !ProcessTable.dumpsOf(holdfast.directory()).isEmpty());

        holdfast.broker().stopApp();
        holdfast.sources().network().heal();

        await("the end of the dump")
                .atMost(PATIENCE)
                .until(() -> holdfast.column("select state from worker.job where id = '" + id + "'")
                        .equals(List.of("completed")));
        assertThat(holdfast.rest().status(id)).isEqualTo("running");
        holdfast.broker().startApp();
        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @Test
    void confirmed_requests_outlive_the_death_of_the_broker(Installation holdfast) {
        var sources = holdfast.smallSources(10);
        holdfast.worker().process().freeze();
        var ids = new ArrayList<String>();
        for (int n = 0; n < CONFIRMED; n++) {
            ids.add(holdfast.rest().request(sources.get(n % 10)));
        }
        await("the confirms")
                .atMost(PATIENCE)
                .until(() -> holdfast.column("select count(*) from api.outbox").equals(List.of("0")));
        // A worker that is gone has handed nothing back: whatever it was given is the broker's again.
        holdfast.worker().process().kill();

        holdfast.broker().kill();
        holdfast.broker().restart();
        holdfast.worker().process().start().awaitReady();

        for (var id : ids) {
            holdfast.rest().await(id, "completed", Duration.ofMinutes(3));
        }
    }

    @Test
    void a_broker_that_stands_still_is_noticed_and_harms_no_request(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        holdfast.broker().freeze();

        var id = holdfast.rest().request(source);

        await("the worker is not ready")
                .atMost(Duration.ofSeconds(40))
                .until(() -> !holdfast.worker().process().isReady());
        assertThat(holdfast.worker().process().isLive()).isTrue();
        assertThat(holdfast.api().isReady()).isTrue();
        holdfast.broker().thaw();
        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @Test
    void a_disk_alarm_of_the_broker_blocks_no_request(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        holdfast.broker().ctl("set_disk_free_limit", "900GB");
        try {
            var ids = new ArrayList<String>();
            long started = System.nanoTime();
            for (int n = 0; n < 5; n++) {
                ids.add(holdfast.rest().request(source));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
            assertThat(holdfast.column(
                            "select count(*) from api.outbox where subject in ('" + String.join("','", ids) + "')"))
                    .containsExactly("5");
        } finally {
            holdfast.broker().ctl("set_disk_free_limit", "50MB");
        }
    }

    @Test
    void a_deleted_queue_comes_back_with_everything_that_was_not_delivered(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        holdfast.broker().ctl("delete_queue", "-p", holdfast.virtualHost(), "holdfast.events.worker");

        var id = holdfast.rest().request(source);

        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @Test
    void a_deleted_exchange_comes_back_and_every_service_hears_of_every_event(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        holdfast.subscriber().with(channel -> channel.exchangeDelete("holdfast.events"));

        var ids = new ArrayList<String>();
        for (int n = 0; n < 10; n++) {
            ids.add(holdfast.rest().request(source));
        }

        for (var id : ids) {
            holdfast.rest().await(id, "completed", PATIENCE);
        }
    }

    @Test
    void connections_that_are_closed_every_five_seconds_lose_nothing(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        var ids = new ArrayList<String>();
        for (int round = 0; round < CUT_ROUNDS; round++) {
            for (int n = 0; n < 8; n++) {
                ids.add(holdfast.rest().request(source));
            }
            holdfast.broker().ctl("close_all_connections", "--vhost", holdfast.virtualHost(), "a test");
            int due = round;
            long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            await("round " + due).atMost(PATIENCE).until(() -> System.nanoTime() > until);
        }

        for (var id : ids) {
            holdfast.rest().await(id, "completed", PATIENCE);
        }
    }

    @Test
    @Tag("long")
    void a_dump_that_outlasts_the_brokers_patience_is_one_dump(Installation holdfast) {
        holdfast.broker().ctl("eval", "application:set_env(rabbit, consumer_timeout, 1000).");
        try {
            holdfast.sources().network().slowToClient(300_000);
            var id = holdfast.rest().request(holdfast.bulkySource("gallery", 12));

            // The broker looks once a minute for deliveries that wait for too long.
            holdfast.rest().await(id, "completed", Duration.ofMinutes(4));

            assertThat(holdfast.column("select attempt from worker.job where id = '" + id + "'"))
                    .containsExactly("1");
        } finally {
            holdfast.broker().ctl("eval", "application:set_env(rabbit, consumer_timeout, 1800000).");
        }
    }

    @Test
    void a_wrong_password_and_no_permission_are_waited_out(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        var user = holdfast.broker().username();
        var password = holdfast.broker().password();
        var refused = holdfast.worker().process();
        holdfast.broker().ctl("clear_permissions", "-p", holdfast.virtualHost(), user);
        holdfast.broker().ctl("change_password", user, "another one");
        holdfast.broker().ctl("close_all_connections", "--vhost", holdfast.virtualHost(), "a test");
        try {
            var id = holdfast.rest().request(source);
            await("the worker is not ready").atMost(PATIENCE).until(() -> !refused.isReady());
            assertThat(refused.isLive()).isTrue();
            assertThat(holdfast.api().isReady()).isTrue();
            await("a word on why").atMost(PATIENCE).until(() -> refused.log().contains("ACCESS_REFUSED"));
            assertThat(holdfast.rest().status(id)).isEqualTo("requested");
        } finally {
            holdfast.broker().ctl("change_password", user, password);
            holdfast.broker().ctl("set_permissions", "-p", holdfast.virtualHost(), user, ".*", ".*", ".*");
        }
    }

    @Test
    void a_service_that_starts_with_a_wrong_password_is_there_and_says_what_is_wrong(Installation holdfast) {
        var api = holdfast.api();
        api.kill();
        api.set("SPRING_RABBITMQ_PASSWORD", "wrong").start().awaitReady();

        var id = holdfast.rest().request(holdfast.smallSource("shop"));

        assertThat(holdfast.rest().status(id)).isEqualTo("requested");
        await("a word on why").atMost(PATIENCE).until(() -> api.log().contains("ACCESS_REFUSED"));
        api.kill();
        api.set("SPRING_RABBITMQ_PASSWORD", holdfast.broker().password())
                .start()
                .awaitReady();
        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @Test
    void a_request_before_any_worker_ever_ran_waits_for_the_first_one(Installation holdfast) {
        holdfast.worker().process().kill();
        holdfast.notification().kill();
        holdfast.api().kill();
        for (var queue : List.of("worker", "api", "notification")) {
            holdfast.broker().ctl("delete_queue", "-p", holdfast.virtualHost(), "holdfast.events." + queue);
        }
        holdfast.api().start().awaitReady();

        var id = holdfast.rest().request(holdfast.smallSource("shop"));
        await("the publication")
                .atMost(PATIENCE)
                .until(() -> holdfast.column("select count(*) from api.outbox").equals(List.of("0")));
        holdfast.notification().start();
        holdfast.worker().process().start();
        holdfast.notification().awaitReady();
        holdfast.worker().process().awaitReady();

        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @Test
    void a_classic_queue_of_that_name_is_told_with_the_command_that_removes_it(Installation holdfast) {
        var worker = holdfast.worker().process();
        worker.kill();
        var queue = "holdfast.events.worker";
        holdfast.broker().ctl("delete_queue", "-p", holdfast.virtualHost(), queue);
        holdfast.subscriber().with(channel -> channel.queueDeclare(queue, true, false, false, Map.of()));
        int before = worker.log().length();
        try {
            worker.start();

            await("a word on why")
                    .atMost(PATIENCE)
                    .until(() -> worker.log().substring(before).contains("delete_queue " + queue));
            assertThat(worker.log().substring(before)).contains(queue, "classic", "quorum");
        } finally {
            holdfast.broker().ctl("delete_queue", "-p", holdfast.virtualHost(), queue);
        }
    }
}
