package dev.holdfast.notification.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The search has its trigram index wherever the server allows it, and the service starts where it does not. */
class EventLogMigrationIT {
    private static final String INDEX = "select count(*) from pg_indexes where indexname = 'event_log_text'";

    private EmbeddedPostgres server;
    private JdbcClient superuser;

    @BeforeEach
    void start() {
        server = EmbeddedPostgres.temporary();
        server.createDatabase("holdfast");
        superuser = JdbcClient.create(server.dataSource("holdfast"));
        superuser.sql("create role plain login password 'secret'").update();
        superuser.sql("create schema notification authorization plain").update();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_user_who_may_not_create_extensions_gets_a_log_without_the_index() {
        LogDatabase.migrate(server, "plain", "secret");

        assertThat(superuser.sql(INDEX).query(Long.class).single()).isZero();
        assertThat(superuser
                        .sql("select count(*) from notification.event_log")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void an_extension_that_is_there_already_is_used_wherever_it_lies() {
        superuser.sql("create schema tools").update();
        superuser.sql("create extension pg_trgm schema tools").update();
        superuser.sql("grant usage on schema tools to plain").update();

        LogDatabase.migrate(server, "plain", "secret");

        assertThat(superuser.sql(INDEX).query(Long.class).single()).isOne();
    }

    @Test
    void an_extension_in_a_schema_that_is_closed_to_this_user_is_left_alone() {
        superuser.sql("create schema tools").update();
        superuser.sql("create extension pg_trgm schema tools").update();

        LogDatabase.migrate(server, "plain", "secret");

        assertThat(superuser.sql(INDEX).query(Long.class).single()).isZero();
    }
}
