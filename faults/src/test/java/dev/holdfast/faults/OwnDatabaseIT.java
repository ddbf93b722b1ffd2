package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rows D16 and D17: the services' own database. */
@FaultRows
class OwnDatabaseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void without_its_database_the_api_says_when_to_come_back_and_takes_nothing_on(Installation holdfast)
            throws IOException {
        var source = holdfast.smallSource("shop");
        holdfast.servers().database().kill();

        assertSaysWhenToComeBack(holdfast.rest().tryRequest(source));

        holdfast.servers().database().restart();
        holdfast.rest().await(requestWhenItCan(holdfast, source), "completed", PATIENCE);
    }

    @Test
    void a_database_that_restarts_during_a_dump_costs_no_backup(Installation holdfast) {
        var source = holdfast.bulkySource("gallery", 12);
        holdfast.sources().network().slowToClient(4_000_000);
        var id = holdfast.rest().request(source);
        await().atMost(PATIENCE)
                .until(() -> !ProcessTable.dumpsOf(holdfast.directory()).isEmpty());

        holdfast.servers().database().kill();
        holdfast.servers().database().restart();

        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @Test
    void a_database_that_is_gone_for_longer_than_a_lease_has_the_backup_begin_anew(Installation holdfast) {
        var source = holdfast.bulkySource("gallery", 12);
        holdfast.sources().network().slowToClient(2_000_000);
        var id = holdfast.rest().request(source);
        await().atMost(PATIENCE)
                .until(() -> !ProcessTable.dumpsOf(holdfast.directory()).isEmpty());

        holdfast.servers().database().kill();
        await().atMost(PATIENCE)
                .until(() -> ProcessTable.dumpsOf(holdfast.directory()).isEmpty());
        holdfast.servers().database().restart();

        var backup = holdfast.rest().await(id, "completed", PATIENCE);
        assertThat(backup.path("attempt").asInt()).isGreaterThan(1);
    }

    @Test
    void a_database_that_is_read_only_for_a_while_is_one_that_is_down(Installation holdfast) throws IOException {
        var source = holdfast.smallSource("shop");
        readOnly(holdfast, "on");

        assertSaysWhenToComeBack(holdfast.rest().tryRequest(source));

        readOnly(holdfast, "off");
        holdfast.rest().await(requestWhenItCan(holdfast, source), "completed", PATIENCE);
    }

    @Test
    void sessions_that_somebody_ends_again_and_again_cost_nothing(Installation holdfast) throws IOException {
        var source = holdfast.smallSource("shop");
        for (int round = 0; round < 10; round++) {
            holdfast.rest().tryRequest(source);
            holdfast.servers()
                    .database()
                    .execute(
                            "postgres",
                            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
                                    .formatted(holdfast.databaseName()));
        }

        holdfast.rest().await(requestWhenItCan(holdfast, source), "completed", PATIENCE);
    }

    private static void assertSaysWhenToComeBack(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    private static String requestWhenItCan(Installation holdfast, String source) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> holdfast.rest().tryRequest(source).statusCode() == 202);
        return holdfast.rest().accepted().getLast();
    }

    private static void readOnly(Installation holdfast, String value) {
        holdfast.servers().database().execute("postgres", "alter system set default_transaction_read_only = " + value);
        holdfast.servers().database().execute("postgres", "select pg_reload_conf()");
        await().atMost(PATIENCE)
                .until(() -> holdfast.servers()
                        .database()
                        .column("postgres", "show default_transaction_read_only")
                        .contains(value));
    }
}
