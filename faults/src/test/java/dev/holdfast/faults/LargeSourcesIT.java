package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rows D13 to D15: databases that are larger or odder than usual. */
@FaultRows
class LargeSourcesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void thousands_of_objects_are_backed_up(Installation holdfast) {
        var source = holdfast.source(
                "crowd",
                "create procedure fill() language plpgsql as $$ begin\n"
                        + " for n in 1..200 loop execute format('create schema s%s', n);\n"
                        + "  for m in 1..15 loop execute format('create table s%s.t%s (id int)', n, m); end loop; commit;\n"
                        + " end loop; perform lo_from_bytea(0, 'x') from generate_series(1, 3000); end $$;");
        holdfast.sources().executeAsOwner("crowd", "call fill()");

        var backup = holdfast.rest().await(holdfast.rest().request(source), "completed", PATIENCE);

        assertThat(backup.path("attempt").asInt()).isEqualTo(1);
    }

    @Test
    @Tag("long")
    void more_tables_than_the_server_can_lock_are_told_as_such(Installation holdfast) {
        var source = holdfast.source(
                "multitude",
                "create procedure fill() language plpgsql as $$ begin\n"
                        + " for n in 1..45000 loop execute format('create table t%s ()', n);\n"
                        + "  if n % 100 = 0 then commit; end if; end loop; end $$;");
        holdfast.sources().executeAsOwner("multitude", "call fill()");
        // To look at so many tables, pg_dump takes longer than the suite otherwise lets it be silent for.
        var worker = holdfast.worker().process();
        worker.kill();
        worker.set("HOLDFAST_RUN_STALLTIMEOUT", "2m").start().awaitReady();
        try {
            assertLimit(
                    holdfast.rest().await(holdfast.rest().request(source), "failed", PATIENCE),
                    "max_locks_per_transaction");
        } finally {
            worker.kill();
            worker.set("HOLDFAST_RUN_STALLTIMEOUT", Installation.STALL_TIMEOUT).start();
        }
    }

    @Test
    @Tag("long")
    void a_value_that_the_server_can_not_send_is_told_with_its_table(Installation holdfast) {
        var source = holdfast.source(
                "films",
                "create table film (id int, bytes bytea);"
                        + " alter table film alter column bytes set storage external;"
                        + " insert into film select 1, convert_to(repeat('x', 600000000), 'utf8')");

        assertLimit(holdfast.rest().await(holdfast.rest().request(source), "failed", PATIENCE), "film");
    }

    @Test
    void a_database_in_another_encoding_is_backed_up_with_its_names(Installation holdfast) {
        holdfast.sources()
                .execute(
                        "postgres",
                        "create database \"preußen\" owner " + Sources.OWNER
                                + " encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
        holdfast.sources().execute("preußen", "grant all on schema public to " + Sources.OWNER);
        holdfast.sources()
                .executeAsOwner("preußen", "create table \"größe\" (id int); insert into \"größe\" values (1)");
        holdfast.rest().source("latin", "preußen", holdfast.sources().network().port());

        var backup = holdfast.rest().await(holdfast.rest().request("latin"), "completed", PATIENCE);

        assertThat(Command.run(
                                "bash",
                                "-c",
                                "pg_restore --list \"$0\" | iconv -f latin1 -t utf8",
                                backup.path("path").asString() + "/database.dump")
                        .succeeded())
                .contains("größe");
    }

    private static void assertLimit(JsonNode backup, String named) {
        var failure = backup.path("failure");
        assertThat(failure.path("code").asString()).as(failure.toString()).isEqualTo("SOURCE_LIMIT_REACHED");
        assertThat(failure.path("detail").asString()).contains(named);
        assertThat(backup.path("attempt").asInt()).isEqualTo(1);
    }
}
