package dev.holdfast.worker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.event.MigrationState;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.step.StopSignal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceSessionIT {
    private static final String SHOP = "shop";
    /** Quoting has to survive SQL and the shell. */
    private static final String READER = "re'ad\"er $x";

    private static SourceServer server;

    @BeforeAll
    static void start() {
        server = new SourceServer();
        server.createRole(READER);
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @BeforeEach
    void anEmptyDatabase() {
        server.create(SHOP);
    }

    @Test
    void facts_tell_version_size_tables_and_extensions() {
        server.sql(
                SHOP,
                "create table a (id int)",
                "create table parent (id int) partition by list (id)",
                "create table child partition of parent for values in (1)",
                "create view v as select 1",
                "create materialized view m as select 1 as x",
                "select lo_from_bytea(0, 'x') from generate_series(1, 3)");

        var facts = facts();

        assertThat(facts.versionNumber()).isBetween(150_000, 159_999);
        assertThat(facts.majorVersion()).isEqualTo(15);
        assertThat(facts.version()).matches("15\\.\\d+");
        assertThat(facts.databaseSizeBytes()).isPositive();
        assertThat(facts.tableCount()).isEqualTo(2);
        assertThat(facts.largeObjectCount()).isEqualTo(3);
        assertThat(facts.extensions()).containsKey("plpgsql");
        assertThat(facts.migrations()).isEmpty();
    }

    @Test
    void every_migration_tool_is_found_in_whatever_schema() {
        server.sql(
                SHOP,
                "create schema app",
                "create table app.django_migrations (id bigserial, app text, name text, applied timestamptz)",
                "insert into app.django_migrations (app, name) values ('auth', '0001'), ('shop', '0001'), ('auth', '0002')",
                """
                create table flyway_schema_history (installed_rank int, version text, description text, type text,
                    script text, success boolean)""",
                "insert into flyway_schema_history values (1, '1', '', '', '', true), (2, '2.1', '', '', '', true),"
                        + " (3, null, 'repeatable', '', '', true), (4, '3', '', '', '', false)",
                "create table \"DATABASECHANGELOG\" (\"ID\" text, \"AUTHOR\" text, \"FILENAME\" text,"
                        + " \"ORDEREXECUTED\" int, \"EXECTYPE\" text)",
                "insert into \"DATABASECHANGELOG\" values ('1', 'ann', 'c.xml', 1, 'EXECUTED'),"
                        + " ('2', 'bob', 'c.xml', 2, 'RERAN'), ('3', 'bob', 'c.xml', 3, 'FAILED')",
                "create table alembic_version (version_num varchar(32))",
                "insert into alembic_version values ('ae1027a6acf'), ('1975ea83b712')",
                """
                create table _prisma_migrations (id text, migration_name text, started_at timestamptz,
                    finished_at timestamptz, rolled_back_at timestamptz)""",
                "insert into _prisma_migrations values ('a', '1_init', now(), now(), null),"
                        + " ('b', '2_bad', now(), null, null), ('c', '3_back', now(), now(), now())",
                "create table schema_migrations (version varchar)",
                "insert into schema_migrations values ('20260101000000'), ('20251231000000')");

        assertThat(facts().migrations())
                .containsOnlyKeys(
                        "django_migrations",
                        "flyway_schema_history",
                        "databasechangelog",
                        "alembic_version",
                        "_prisma_migrations",
                        "schema_migrations")
                .containsEntry(
                        "django_migrations",
                        new MigrationState("app.django_migrations", 3, 0, List.of("auth.0002", "shop.0001")))
                .containsEntry(
                        "flyway_schema_history",
                        new MigrationState("public.flyway_schema_history", 3, 1, List.of("2.1")))
                .containsEntry(
                        "databasechangelog",
                        new MigrationState("public.DATABASECHANGELOG", 2, 1, List.of("c.xml::2::bob")))
                .containsEntry(
                        "alembic_version",
                        new MigrationState("public.alembic_version", 2, 0, List.of("1975ea83b712", "ae1027a6acf")))
                .containsEntry(
                        "_prisma_migrations", new MigrationState("public._prisma_migrations", 1, 2, List.of("1_init")))
                .containsEntry(
                        "schema_migrations",
                        new MigrationState("public.schema_migrations", 2, 0, List.of("20260101000000")));
    }

    @Test
    void names_that_are_null_or_endless_do_no_harm() {
        server.sql(
                SHOP,
                "create table alembic_version (version_num text)",
                "insert into alembic_version values (null), (repeat('z', 1000000))");

        assertThat(facts().migrations().get("alembic_version").heads()).containsExactly("z".repeat(300));
    }

    @Test
    void migration_states_of_very_many_schemas_are_told_as_far_as_they_fit() {
        server.sql(SHOP, """
                do $$ begin for i in 1000..1699 loop execute format('create schema s%1$s', i);
                    execute format('create table s%1$s.alembic_version (version_num text)', i);
                    execute format('insert into s%1$s.alembic_version values (repeat(''z'', 300))', i); end loop; end $$""");

        var migrations = facts().migrations();

        assertThat(migrations).containsKey("s1000.alembic_version").hasSizeBetween(200, 500);
    }

    @Test
    void two_tables_of_one_tool_are_told_apart_by_schema() {
        server.sql(
                SHOP,
                "create schema billing",
                "create table schema_migrations (version bigint, dirty boolean)",
                "insert into schema_migrations values (7, true)",
                "create table billing.schema_migrations (version bigint, inserted_at timestamp)",
                "insert into billing.schema_migrations values (9), (10)");

        assertThat(facts().migrations())
                .containsEntry(
                        "public.schema_migrations", new MigrationState("public.schema_migrations", 0, 1, List.of()))
                .containsEntry(
                        "billing.schema_migrations",
                        new MigrationState("billing.schema_migrations", 2, 0, List.of("10")))
                .hasSize(2);
    }

    @Test
    void what_only_looks_like_a_migration_table_is_left_out() throws SQLException {
        server.sql(
                SHOP,
                "create table django_migrations (whatever int)",
                "create table flyway_schema_history (installed_rank int, version text, success text)",
                "insert into flyway_schema_history values (1, '1', 'perhaps')",
                "create view alembic_version as select 'x' as version_num",
                "create table schema_migrations (version text)",
                "create table _prisma_migrations (migration_name text, started_at int, finished_at int, rolled_back_at int)",
                "grant select on flyway_schema_history, _prisma_migrations to public");

        try (var locker = server.connect(SHOP);
                var statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("lock table _prisma_migrations");

            assertThat(facts(READER).migrations()).isEmpty();
        }
    }

    @Test
    void the_owner_of_everything_passes() {
        server.sql(SHOP, "create table t (id serial)", "select lo_from_bytea(0, 'x')");

        requireReadAccess("postgres");
    }

    @Test
    void tables_sequences_schemas_and_large_objects_come_with_the_grant_that_mends_them() {
        server.sql(
                SHOP,
                "create schema \"S'1\"",
                "create table \"S'1\".\"we\"\"ird; t\" (id serial)",
                "create table parent (id int) partition by list (id)",
                "create table child partition of parent for values in (1)",
                "select lo_from_bytea(4711, 'x')");

        var failure = missing();

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_PRIVILEGE_MISSING);
        assertThat(failure.summary())
                .contains("USAGE on schema S'1")
                .contains("S'1.we\"ird; t, S'1.we\"ird; t_id_seq, public.child, public.parent")
                .contains("large object 4711");
        mendAndPass(failure, 0);
    }

    @Test
    void reading_everything_is_offered_as_the_other_remedy() {
        server.sql(SHOP, "create schema s", "create table s.t (id serial)", "select lo_from_bytea(0, 'x')");

        mendAndPass(missing(), 1);

        server.sql("postgres", "revoke pg_read_all_data from " + SqlNames.identifier(READER));
    }

    @Test
    void many_objects_are_counted_and_granted_by_schema() {
        server.sql(
                SHOP,
                "do $$ begin for i in 1..300 loop execute format('create table t%s (id serial)', i);"
                        + " perform lo_from_bytea(0, 'x'); end loop; end $$");

        var failure = missing();

        assertThat(failure.summary())
                .contains("public.t1, ")
                .contains(" and 580 more")
                .contains(" and 280 more");
        assertThat(failure.summary().length()).isLessThan(2_000);
        mendAndPass(failure, 0);
    }

    @Test
    void objects_in_very_many_schemas_are_granted_in_a_loop() {
        server.sql(SHOP, """
                do $$ begin for i in 1..300 loop execute format('create schema s%1$s', i);
                    execute format('create table s%1$s.t (id serial)', i); end loop; end $$""");

        var failure = missing();

        assertThat(failure.toString()).hasSizeLessThan(10_000);
        mendAndPass(failure, 0);
    }

    @Test
    void what_pg_dump_does_not_read_is_not_asked_for() {
        server.sql(
                SHOP,
                "create view v as select 1",
                "create materialized view m as select 1 as x",
                "create type c as (x int)",
                "create schema only_types",
                "create type only_types.e as enum ('a')");

        requireReadAccess(READER);
    }

    @Test
    void row_security_that_hides_rows_is_its_own_failure() {
        server.sql(
                SHOP,
                "create table tenants (id int)",
                "create policy mine on tenants using (id = 1)",
                "alter table tenants enable row level security",
                "grant select on tenants to public");

        var failure = missing();

        assertThat(failure.code()).isEqualTo(FailureCode.SOURCE_ROW_SECURITY);
        assertThat(failure.summary()).contains("public.tenants");
        mendAndPass(failure, 0);
        server.sql("postgres", "alter role " + SqlNames.identifier(READER) + " nobypassrls");
    }

    private static void mendAndPass(Failure failure, int remedy) {
        server.type(failure.remedies().get(remedy).commands().getFirst());
        requireReadAccess(READER);
    }

    private static Failure missing() {
        return catchThrowableOfType(BackupException.class, () -> requireReadAccess(READER))
                .failure();
    }

    private static void requireReadAccess(String role) {
        var access = role.equals("postgres") ? server.access(SHOP) : server.access(SHOP, role);
        try (var session = SourceServer.sources().open(access, new StopSignal())) {
            session.requireReadAccess();
        }
    }

    @Test
    void who_waits_for_the_locks_of_our_sessions_is_named_also_to_a_role_that_may_read_alone() throws Exception {
        server.sql(SHOP, "create table orders (id int)");
        try (var dump = server.connect(SHOP);
                var session = SourceServer.sources().open(server.access(SHOP, READER), new StopSignal());
                var change = Executors.newSingleThreadExecutor()) {
            dump.setAutoCommit(false);
            try (var statement = dump.createStatement()) {
                statement.execute("set application_name = 'holdfast-1'; lock table orders in access share mode");
            }
            assertThat(session.waitingFor("holdfast-1")).isEmpty();

            var altered = change.submit(() -> server.sql(SHOP, "alter table orders add column note text"));

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(session.waitingFor("holdfast-1"))
                            .singleElement()
                            .asString()
                            .contains("waits for AccessExclusiveLock on public.orders"));
            assertThat(session.waitingFor("holdfast-2")).isEmpty();
            dump.rollback();
            altered.get();
        }
    }

    @Test
    void locks_that_are_held_are_listed_and_where_they_are_many_counted() throws SQLException {
        server.sql(
                SHOP,
                "do $$ begin for i in 1..30 loop execute format('create table t%s (id int)', i); end loop; end $$");
        try (var change = server.connect(SHOP);
                var statement = change.createStatement();
                var session = SourceServer.sources().open(server.access(SHOP), new StopSignal())) {
            change.setAutoCommit(false);
            statement.execute("lock table t1");
            assertThat(session.lockHolders()).singleElement().asString().contains("holds public.t1");

            statement.execute("do $$ begin for i in 2..30 loop execute format('lock table t%s', i); end loop; end $$");

            assertThat(session.lockHolders()).hasSize(21).endsWith("10 more such locks");
        }
    }

    private static ServerFacts facts() {
        try (var session = SourceServer.sources().open(server.access(SHOP), new StopSignal())) {
            return session.facts();
        }
    }

    private static ServerFacts facts(String role) {
        try (var session = SourceServer.sources().open(server.access(SHOP, role), new StopSignal())) {
            return session.facts();
        }
    }
}
