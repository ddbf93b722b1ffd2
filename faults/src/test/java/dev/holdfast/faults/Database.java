package dev.holdfast.faults;

import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.FreePort;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** The services' own PostgreSQL in a container, on a port that outlives its deaths. */
final class Database implements AutoCloseable {
    static final String USERNAME = "postgres";
    static final String PASSWORD = "the services' own";
    private static final Duration RECOVERY = Duration.ofMinutes(1);

    private final int port = FreePort.find();
    private final GenericContainer<?> container;

    Database() {
        container = new GenericContainer<>("postgres:17")
                .withEnv("POSTGRES_PASSWORD", PASSWORD)
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*", 2));
        container.setPortBindings(List.of(port + ":5432"));
    }

    void start() {
        container.start();
    }

    String host() {
        return container.getHost();
    }

    int port() {
        return port;
    }

    void create(String database) {
        execute("postgres", "create database " + database);
    }

    /** Runs SQL as the superuser, past every proxy. */
    void execute(String database, String sql) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** The first column of what a query finds, as text. */
    List<String> column(String database, String sql) {
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var column = new ArrayList<String>();
            while (rows.next()) {
                column.add(String.valueOf(rows.getString(1)));
            }
            return column;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Everything that it holds, as text. */
    String dumped(String database) {
        return docker("exec", "pg_dump", "-U", USERNAME, "--inserts", database);
    }

    void kill() {
        docker("kill");
    }

    void restart() {
        docker("start");
        awaitUp();
    }

    void freeze() {
        docker("pause");
    }

    void thaw() {
        docker("unpause");
    }

    /** Whatever was done to it ends. */
    void recover() {
        var state = Command.run("docker", "inspect", "-f", "{{.State.Status}}", container.getContainerId())
                .succeeded()
                .strip();
        switch (state) {
            case "paused" -> thaw();
            case "exited" -> docker("start");
            default -> {}
        }
        awaitUp();
    }

    @Override
    public void close() {
        container.stop();
    }

    private void awaitUp() {
        await().atMost(RECOVERY).ignoreExceptions().until(() -> {
            try (var connection = connect("postgres")) {
                return connection.isValid(2);
            }
        });
    }

    private Connection connect(String database) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host()});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(USERNAME);
        source.setPassword(PASSWORD);
        source.setConnectTimeout(3);
        return source.getConnection();
    }

    private String docker(String verb, String... command) {
        var whole = new ArrayList<>(List.of("docker", verb, container.getContainerId()));
        whole.addAll(List.of(command));
        return Command.run(whole).succeeded();
    }
}
