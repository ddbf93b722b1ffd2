package dev.holdfast.notification.log;

import dev.holdfast.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A migrated schema on a server of its own, for tests of the log's SQL. */
final class LogDatabase implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final SingleConnectionDataSource connection;

    private LogDatabase(EmbeddedPostgres server, SingleConnectionDataSource connection) {
        this.server = server;
        this.connection = connection;
    }

    static LogDatabase start() {
        var server = EmbeddedPostgres.temporary();
        server.createDatabase("holdfast");
        migrate(server, server.username(), server.password());
        return new LogDatabase(
                server, new SingleConnectionDataSource(url(server), server.username(), server.password(), true));
    }

    static void migrate(EmbeddedPostgres server, String username, String password) {
        Flyway.configure()
                .dataSource(new DriverManagerDataSource(url(server), username, password))
                .defaultSchema("notification")
                .createSchemas(true)
                .locations("classpath:db/notification")
                .load()
                .migrate();
    }

    private static String url(EmbeddedPostgres server) {
        return server.jdbcUrl("holdfast") + "?currentSchema=notification";
    }

    EmbeddedPostgres server() {
        return server;
    }

    JdbcClient jdbc() {
        return JdbcClient.create(connection);
    }

    @Override
    public void close() {
        connection.destroy();
        server.close();
    }
}
