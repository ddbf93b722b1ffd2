package dev.holdfast.notification.log;

import dev.holdfast.embedded.EmbeddedPostgres;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.datasource.init.ScriptUtils;

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
        JdbcClient.create(server.dataSource("holdfast"))
                .sql("create schema notification")
                .update();
        migrate(server, server.username(), server.password());
        return new LogDatabase(
                server, new SingleConnectionDataSource(url(server), server.username(), server.password(), true));
    }

    /** Runs the migrations of the log alone, as this user, into the schema that is there. */
    static void migrate(EmbeddedPostgres server, String username, String password) {
        var script = new ResourceDatabasePopulator(
                new ClassPathResource("db/notification/V001__event_log.sql"),
                new ClassPathResource("db/notification/V006__find_log_entries_by_type.sql"));
        script.setSeparator(ScriptUtils.EOF_STATEMENT_SEPARATOR);
        script.execute(new DriverManagerDataSource(url(server), username, password));
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
