package dev.holdfast.worker.source;

import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.outbound.OutboundGuard;
import dev.holdfast.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
            "UPPER",
            "new\nline",
            "../../etc/passwd",
            "x".repeat(63));

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

    /**
     * Makes the server speak TLS with a new certificate that it signed itself.
     *
     * @return the certificate, as an authority to trust
     */
    public Path enableTls(String hostName) {
        try (var connection = connect("postgres");
                var statement = connection.createStatement();
                var row = statement.executeQuery("show data_directory")) {
            row.next();
            var data = Path.of(row.getString(1));
            var store = data.resolve("server.p12");
            var keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            "changeit",
                            "-dname",
                            "CN=" + hostName,
                            "-ext",
                            "san=dns:" + hostName,
                            "-ext",
                            "bc=ca:true")
                    .inheritIO()
                    .start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool failed");
            }
            var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
            var certificate = data.resolve("server.crt");
            pem(certificate, "CERTIFICATE", keys.getCertificate("server").getEncoded());
            pem(
                    data.resolve("server.key"),
                    "PRIVATE KEY",
                    keys.getKey("server", "changeit".toCharArray()).getEncoded());
            statement.execute("alter system set ssl = on");
            statement.execute("select pg_reload_conf()");
            return certificate;
        } catch (SQLException | IOException | GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the server's user owns its data, so it must own its key. */
    private static void pem(Path file, String type, byte[] content) throws IOException {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setOwner(file, Files.getOwner(file.resolveSibling("PG_VERSION")));
    }

    /** Sources with timeouts that a test can wait for. */
    public static Sources sources() {
        return sources(null);
    }

    public static Sources sources(@Nullable Path tlsRootCertificates) {
        return sources(tlsRootCertificates, OutboundGuard.standard());
    }

    public static Sources sources(@Nullable Path tlsRootCertificates, OutboundGuard guard) {
        var settings = settings(tlsRootCertificates);
        return new JdbcSources(settings, new TlsRoots(settings), guard);
    }

    public static TlsRoots tlsRoots(@Nullable Path tlsRootCertificates) {
        return new TlsRoots(settings(tlsRootCertificates));
    }

    private static SourceSettings settings(@Nullable Path tlsRootCertificates) {
        return new SourceSettings(SHORT, Duration.ofSeconds(20), Duration.ofMillis(200), tlsRootCertificates);
    }
}
