package dev.holdfast.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class OutboxSignalIT {
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(60);

    private final DriverManagerDataSource dataSource = dataSource("signal");
    private final OutboxTable table = new OutboxTable(JdbcClient.create(dataSource));

    @BeforeAll
    static void createSchemas() {
        var jdbc = JdbcClient.create(Embedded.DATABASE.dataSource("postgres"));
        jdbc.sql("create schema signal").update();
        jdbc.sql("create schema other").update();
    }

    @Test
    @Timeout(30)
    void it_returns_as_soon_as_something_is_stored() throws SQLException {
        try (var signal = new OutboxSignal(dataSource)) {
            signal.listen();

            var stored = CompletableFuture.runAsync(table::wakeRelays);

            signal.await(FAR_TOO_LONG);
            assertThat(stored).succeedsWithin(FAR_TOO_LONG);
        }
    }

    @Test
    @Timeout(30)
    void what_was_stored_while_nobody_waited_is_not_missed() throws SQLException {
        try (var signal = new OutboxSignal(dataSource)) {
            signal.listen();
            table.wakeRelays();

            signal.await(FAR_TOO_LONG);
        }
    }

    @Test
    void another_services_outbox_in_the_same_database_does_not_wake_it() throws SQLException {
        try (var signal = new OutboxSignal(dataSource)) {
            signal.listen();
            new OutboxTable(JdbcClient.create(dataSource("other"))).wakeRelays();
            var before = System.nanoTime();

            signal.await(Duration.ofMillis(500));

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(490));
        }
    }

    private static DriverManagerDataSource dataSource(String schema) {
        var database = Embedded.DATABASE;
        return new DriverManagerDataSource(
                database.jdbcUrl("postgres") + "?currentSchema=" + schema, database.username(), database.password());
    }
}
