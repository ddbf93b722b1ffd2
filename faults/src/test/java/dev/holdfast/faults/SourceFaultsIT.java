package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Rows D1 to D9, and a cancel: the source's server, and the network to it. */
@FaultRows
class SourceFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(5);
    /** Slow enough for a fault to happen in the middle. */
    private static final long BYTES_PER_SECOND = 2_000_000;

    @Test
    void a_server_that_is_down_for_a_while_costs_attempts_and_no_backup(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        holdfast.sources().network().refuse();

        var id = holdfast.rest().request(source);
        awaitSetback(holdfast, id, "SOURCE_UNREACHABLE");
        holdfast.sources().network().heal();

        var backup = holdfast.rest().await(id, "completed", PATIENCE);
        assertThat(backup.path("attempt").asInt()).isGreaterThan(1);
    }

    @Test
    void a_server_that_stays_down_ends_the_backup_after_a_few_attempts(Installation holdfast) {
        var source = holdfast.smallSource("shop");
        holdfast.sources().network().refuse();

        var id = holdfast.rest().request(source);

        var backup = holdfast.rest().await(id, "failed", PATIENCE);
        assertThat(code(backup)).isEqualTo("SOURCE_UNREACHABLE");
        assertThat(backup.path("attempt").asInt()).isEqualTo(4);
        assertThat(failures(holdfast, id)).hasSize(4);
    }

    @Test
    void a_wrong_password_is_tried_once(Installation holdfast) {
        holdfast.smallSource("shop");
        holdfast.rest().source("mistyped", "shop", holdfast.sources().network().port(), Sources.CANARY + "-mistyped");

        var backup = holdfast.rest().awaitEnd(holdfast.rest().request("mistyped"), PATIENCE);

        assertThat(code(backup)).isEqualTo("SOURCE_AUTHENTICATION_FAILED");
        assertThat(backup.path("attempt").asInt()).isEqualTo(1);
    }

    @Test
    void a_lock_that_is_held_is_told_with_its_holder_and_waited_for_in_attempts(Installation holdfast)
            throws SQLException {
        var source = holdfast.smallSource("shop");
        try (var holder = holdfast.sources().server().dataSource("shop").getConnection();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table item in access exclusive mode");
            String pid;
            try (var row = statement.executeQuery("select pg_backend_pid()")) {
                row.next();
                pid = row.getString(1);
            }

            var id = holdfast.rest().request(source);
            var failure = awaitSetback(holdfast, id, "SOURCE_LOCKED");
            holder.rollback();

            assertThat(failure.path("summary").asString()
                            + failure.path("detail").asString())
                    .contains("pid " + pid);
            holdfast.rest().await(id, "completed", PATIENCE);
        }
    }

    @Test
    void a_schema_change_that_waits_for_the_dump_gets_through_and_the_dump_comes_back(Installation holdfast)
            throws Exception {
        var source = holdfast.bulkySource("gallery", 8);
        holdfast.sources().network().slowToClient(BYTES_PER_SECOND / 4);
        var id = holdfast.rest().request(source);
        awaitDump(holdfast, id);
        try (var change = Executors.newSingleThreadExecutor()) {
            var changed = change.submit(() ->
                    holdfast.sources().execute("gallery", "alter table picture add column if not exists note text"));

            await().atMost(PATIENCE).until(changed::isDone);
            changed.get();
        }
        holdfast.sources().network().heal();

        assertThat(awaitSetback(holdfast, id, "SOURCE_DDL_WAITING")
                        .path("summary")
                        .asString())
                .contains("waits for AccessExclusiveLock on public.picture");
        holdfast.rest().await(id, "completed", PATIENCE);
    }

    static Stream<Arguments> interruptions() {
        return Stream.of(
                Arguments.of(
                        "its sessions are ended by somebody",
                        interruption(
                                holdfast -> holdfast.sources()
                                        .execute(
                                                "postgres",
                                                "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'holdfast%'"))),
                Arguments.of(
                        "the connection is reset",
                        interruption(holdfast -> holdfast.sources().network().cut())),
                Arguments.of(
                        "the server's side is closed alone",
                        interruption(holdfast -> holdfast.sources().network().halfClose())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("interruptions")
    void a_dump_that_breaks_off_is_taken_again(String how, Consumer<Installation> interruption, Installation holdfast) {
        var source = holdfast.bulkySource("gallery", 8);
        holdfast.sources().network().slowToClient(BYTES_PER_SECOND);
        var id = holdfast.rest().request(source);
        awaitDump(holdfast, id);

        interruption.accept(holdfast);
        var failure = awaitSetback(holdfast, id, "SOURCE_CONNECTION_LOST");
        holdfast.sources().network().heal();

        assertThat(failure.path("summary").asString()).as(how).isNotEmpty();
        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @Test
    void a_network_that_swallows_everything_is_noticed_by_the_lack_of_progress(Installation holdfast) {
        var source = holdfast.bulkySource("gallery", 8);
        holdfast.sources().network().slowToClient(BYTES_PER_SECOND);
        var id = holdfast.rest().request(source);
        awaitDump(holdfast, id);

        holdfast.sources().network().dropToClient();
        awaitSetback(holdfast, id, "STALLED");
        holdfast.sources().network().cut();
        holdfast.sources().network().heal();

        holdfast.rest().await(id, "completed", PATIENCE);
    }

    @Test
    void a_slow_network_is_no_failure_as_long_as_bytes_come(Installation holdfast) {
        var source = holdfast.bulkySource("gallery", 8);
        // Longer than what counts as no progress.
        holdfast.sources().network().slowToClient(BYTES_PER_SECOND);

        var backup = holdfast.rest().await(holdfast.rest().request(source), "completed", PATIENCE);

        assertThat(backup.path("attempt").asInt()).isEqualTo(1);
    }

    @Test
    void a_cancel_ends_the_dump_and_its_session_on_the_server(Installation holdfast) throws IOException {
        var source = holdfast.bulkySource("gallery", 8);
        holdfast.sources().network().slowToClient(BYTES_PER_SECOND / 8);
        var id = holdfast.rest().request(source);
        awaitDump(holdfast, id);

        holdfast.rest().post("/api/v1/backups/" + id + "/cancel", List.of(), 202);

        await().atMost(CANCEL_LIMIT)
                .until(() -> ProcessTable.toolsOf(holdfast.directory()).isEmpty()
                        && holdfast.sources().sessions().isEmpty());
        holdfast.rest().await(id, "cancelled");
    }

    private static Consumer<Installation> interruption(Consumer<Installation> of) {
        return of;
    }

    /** Waits until the dump has its locks and has written something. */
    private static void awaitDump(Installation holdfast, String id) {
        await().atMost(PATIENCE)
                .until(() -> holdfast.rest()
                                .backup(id)
                                .path("phase")
                                .asString("")
                                .equals("dump")
                        && holdfast.rest().backup(id).path("bytesWritten").asLong() > 0);
    }

    /** Returns the failure of the first attempt that was told with the promise of another. */
    private static JsonNode awaitSetback(Installation holdfast, String id, String code) {
        await().atMost(PATIENCE).until(() -> !failures(holdfast, id).isEmpty());
        var first = failures(holdfast, id).getFirst();
        assertThat(first.path("failure").path("code").asString())
                .as(first.toString())
                .isEqualTo(code);
        assertThat(first.path("willRetry").asBoolean()).isTrue();
        return first.path("failure");
    }

    private static List<JsonNode> failures(Installation holdfast, String id) {
        return holdfast.rest().log(id).stream()
                .filter(entry -> entry.path("type").asString().endsWith("backup.failed.v1"))
                .map(entry -> entry.path("data"))
                .toList();
    }

    private static String code(JsonNode backup) {
        return backup.path("failure").path("code").asString();
    }
}
