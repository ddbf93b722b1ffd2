package dev.holdfast.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL 15 server of our own on 127.0.0.1, started from Maven Central's binaries; 15, so that Debian 12's clients can dump it. */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String USERNAME = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
    private final String password;

    private EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    /** Starts an empty server on a free port that is deleted when it is closed. */
    public static EmbeddedPostgres temporary() {
        try {
            var server = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                    .setPGStartupWait(START_LIMIT)
                    .start();
            return secured(server, server.getPostgresDatabase(), Passwords.random());
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("the embedded database did not start", e);
        }
    }

    /**
     * Starts a server that keeps its data in a directory, also over a crash of this JVM or the machine. A server that a killed JVM
     * left behind on that directory is stopped first; that no living one uses it is the caller's to see to.
     *
     * @param directory made where it is missing; {@code data} in it is the cluster
     * @param password of the user {@link #username}; the same at every start
     */
    public static EmbeddedPostgres durable(Path directory, int port, String password) {
        var data = directory.resolve("data");
        var builder = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "");
        try {
            Files.createDirectories(directory);
            OrphanedPostmaster.stop(data);
            var initialized = directory.resolve("initialized");
            if (Files.exists(initialized)) {
                builder.setConnectConfig("password", password);
                return new EmbeddedPostgres(builder.start(), password);
            }
            setAside(data);
            var server = builder.start();
            var secured = secured(server, server.getPostgresDatabase(), password);
            Files.createFile(initialized);
            return secured;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("the embedded database did not start in " + directory, e);
        }
    }

    /** As {@link #durable(Path, int, String)}, on the same free port at every start unless somebody else has taken it. */
    public static EmbeddedPostgres durable(Path directory, String password) {
        try {
            Files.createDirectories(directory);
            OrphanedPostmaster.stop(directory.resolve("data"));
            return durable(directory, FreePort.remembered(directory.resolve("port")), password);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded database's directory can't be used: " + directory, e);
        }
    }

    public int port() {
        return server.getPort();
    }

    public String username() {
        return USERNAME;
    }

    public String password() {
        return password;
    }

    /** The JDBC address of a database whose name needs no escaping. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** Connections to a database of this server, each of its own, as the superuser. */
    public DataSource dataSource(String database) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port()});
        dataSource.setDatabaseName(database);
        dataSource.setUser(USERNAME);
        dataSource.setPassword(password);
        return dataSource;
    }

    /** Creates a database of exactly this name unless there is one. */
    public void createDatabase(String name) {
        try (var connection = dataSource("postgres").getConnection();
                var exists = connection.prepareStatement("select 1 from pg_database where datname = ?");
                var create = connection.createStatement()) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                // Not by enquoteIdentifier: JDBC's own refuses names with a quotation mark in them.
                create.execute("create database \"" + name.replace("\"", "\"\"") + '"');
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be created: " + name, e);
        }
    }

    /**
     * Creates, unless it is there, a role that may use what lies in a schema and change nothing of how it is made: that stays the
     * superuser's. Its password is the server's.
     *
     * @return its name, {@code holdfast_} and the schema's
     */
    public String createServiceRole(String database, String schema) {
        var role = "holdfast_" + schema;
        try (var connection = dataSource(database).getConnection();
                var statement = connection.createStatement()) {
            // All of it or nothing: a role that is there without its rights would never get them.
            connection.setAutoCommit(false);
            var exists = statement.executeQuery("select 1 from pg_roles where rolname = '" + role + "'");
            boolean isNew = !exists.next();
            if (isNew) {
                statement.execute("create role " + role);
            }
            statement.execute("alter role " + role + " login password " + statement.enquoteLiteral(password));
            statement.execute("create schema if not exists " + schema);
            statement.execute("grant usage on schema " + schema + " to " + role);
            statement.execute("alter default privileges in schema " + schema
                    + " grant select, insert, update, delete on tables to " + role);
            statement.execute(
                    "alter default privileges in schema " + schema + " grant usage, select on sequences to " + role);
            if (isNew) {
                // Of an earlier release, whose service was the superuser; migrations take away again what they must.
                statement.execute(
                        "grant select, insert, update, delete on all tables in schema " + schema + " to " + role);
                statement.execute("grant usage, select on all sequences in schema " + schema + " to " + role);
            }
            connection.commit();
            return role;
        } catch (SQLException e) {
            throw new IllegalStateException("the role could not be created: " + role, e);
        }
    }

    /** Stops the server; what is durable stays. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded database did not stop", e);
        }
    }

    /** The binaries come up trusting every local user; from here on each connection needs the password. */
    private static EmbeddedPostgres secured(
            io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, DataSource superuser, String password)
            throws SQLException, IOException {
        try (var connection = superuser.getConnection()) {
            try (var statement = connection.createStatement()) {
                statement.execute("alter user postgres password " + statement.enquoteLiteral(password));
            }
            Files.writeString(Path.of(show(connection, "hba_file")), """
                # TYPE DATABASE USER ADDRESS METHOD
                local all all scram-sha-256
                host all all all scram-sha-256
                """);
            try (var statement = connection.createStatement()) {
                statement.execute("select pg_reload_conf()");
            }
        }
        return new EmbeddedPostgres(server, password);
    }

    /** A first start that was killed half-way leaves a cluster that nothing can use; it is kept, in case it is none of ours. */
    private static void setAside(Path data) throws IOException {
        if (Files.exists(data)) {
            Files.move(data, data.resolveSibling("data.unfinished-" + Passwords.random()));
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("show " + setting)) {
            result.next();
            return result.getString(1);
        }
    }
}
