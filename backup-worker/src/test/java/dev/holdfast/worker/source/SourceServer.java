package dev.holdfast.worker.source;

import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL server to be backed up, with what tests do to one. */
public final class SourceServer implements AutoCloseable {
    /** Each is a legal database name that some program takes for something else. */
    public static final List<String> UNUSUAL_NAMES = List.of(
            "-Fc",
            "a'b\"c d",
            "x;touch /tmp/pwn",
            "dbname=src host=/x",
            "postgresql://x/y",
            "a/b?c=d%20",
            "%s%n$(id)",
            "🐘",
            "trailing ",
            " leading",
            "back\\slash",
            "UPPER");

    public static final Duration SHORT = Duration.ofSeconds(2);

    private final EmbeddedPostgres postgres = EmbeddedPostgres.temporary();

    /** Creates a database of exactly this name, anew. */
    public void create(String database) {
        sql("postgres", "drop database if exists " + SqlNames.identifier(database) + " with (force)");
        sql("postgres", "create database " + SqlNames.identifier(database));
    }

    /** Creates a role that may log in, with its own name for a password, anew in every database. */
    public void createRole(String role) {
        sql(
                "postgres",
                "create role %s login password %s".formatted(SqlNames.identifier(role), SqlNames.literal(role)));
    }

    /** Runs statements as the superuser, each in a transaction of its own. */
    public void sql(String database, String... statements) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public long number(String database, String query) {
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A session of the superuser, to hold locks with. */
    public Connection connect(String database) throws SQLException {
        return postgres.dataSource(database).getConnection();
    }

    public SourceConnection connection(String database, String role) {
        return new SourceConnection("127.0.0.1", postgres.port(), database, role, SslMode.PREFER);
    }

    /** The superuser's. */
    public SourceAccess access(String database) {
        return new SourceAccess(connection(database, postgres.username()), postgres.password(), "holdfast-test");
    }

    public SourceAccess access(String database, String role) {
        return new SourceAccess(connection(database, role), role, "holdfast-test");
    }

    public long sessions() {
        return number("postgres", "select count(*) from pg_stat_activity where application_name = 'holdfast-test'");
    }

    /** Types a remedy's command into a shell, where psql finds this server and its superuser by itself. */
    public void type(String command) {
        var builder = new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true);
        builder.environment().putAll(environment());
        try {
            var process = builder.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Map<String, String> environment() {
        var environment = new TreeMap<String, String>();
        environment.put("PGHOST", "127.0.0.1");
        environment.put("PGPORT", Integer.toString(postgres.port()));
        environment.put("PGUSER", postgres.username());
        environment.put("PGPASSWORD", postgres.password());
        environment.put("LANG", "C.UTF-8");
        return environment;
    }

    /** Puts a rule before all others of pg_hba.conf. */
    void firstRule(String rule) {
        try (var connection = connect("postgres");
                var statement = connection.createStatement();
                var row = statement.executeQuery("show hba_file")) {
            row.next();
            var file = Path.of(row.getString(1));
            Files.writeString(file, rule + "\n" + Files.readString(file));
            statement.execute("select pg_reload_conf()");
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        postgres.close();
    }

    /** Sources with timeouts that a test can wait for. */
    public static Sources sources() {
        var settings = new SourceSettings(SHORT, Duration.ofSeconds(20), Duration.ofMillis(200), null);
        return new JdbcSources(settings, new TlsRoots(settings));
    }

    public static TlsRoots tlsRoots() {
        return new TlsRoots(new SourceSettings(SHORT, SHORT, SHORT, null));
    }
}
