package dev.holdfast.worker.source;

import dev.holdfast.common.event.SslMode;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.outbound.OutboundGuard;
import dev.holdfast.worker.step.StopSignal;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.springframework.stereotype.Component;

/** Opens sources with the PostgreSQL driver. Names go in as properties, never as part of an address: each is taken literally. */
@Component
class JdbcSources implements Sources {
    private static final String ADDRESS_WITHOUT_NAMES = "jdbc:postgresql:///";

    private final SourceSettings settings;
    private final TlsRoots tlsRoots;
    private final OutboundGuard guard;

    JdbcSources(SourceSettings settings, TlsRoots tlsRoots, OutboundGuard guard) {
        this.settings = settings;
        this.tlsRoots = tlsRoots;
        this.guard = guard;
    }

    @Override
    public SourceSession open(SourceAccess access, StopSignal stop) {
        stop.check();
        var connection = connect(access, stop);
        try {
            prepare(connection);
        } catch (SQLException e) {
            JdbcSession.closeQuietly(connection);
            throw new SqlFailures(access.connection()).whileConnecting(e);
        }
        return new JdbcSession(connection, access.connection(), stop);
    }

    /** Connects on a thread of its own, so that a stop does not have to wait for a server that says nothing. */
    private Connection connect(SourceAccess access, StopSignal stop) {
        var connecting = new CompletableFuture<Connection>();
        Thread.ofVirtual().name("connect-" + access.applicationName()).start(() -> attempt(access, connecting));
        try (var hook = stop.onStop(() -> connecting.cancel(false))) {
            return connecting.get();
        } catch (ExecutionException e) {
            throw failure(access, e.getCause());
        } catch (CancellationException e) {
            stop.check();
            throw e;
        } catch (InterruptedException e) {
            connecting.cancel(false);
            Thread.currentThread().interrupt();
            throw new SourceFailures(access.connection())
                    .of(FailureCode.UNEXPECTED, "the worker was interrupted while it connected", "interrupted", e);
        }
    }

    private void attempt(SourceAccess access, CompletableFuture<Connection> connecting) {
        try {
            var connection = new Driver().connect(ADDRESS_WITHOUT_NAMES, properties(access));
            if (connection == null) {
                throw new IllegalStateException("the driver refused its own kind of address");
            }
            if (!connecting.complete(connection)) {
                JdbcSession.closeQuietly(connection);
            }
        } catch (SQLException | UnknownHostException | RuntimeException e) {
            connecting.completeExceptionally(e);
        }
    }

    private static BackupException failure(SourceAccess access, @Nullable Throwable cause) {
        if (cause instanceof SQLException sql) {
            return new SqlFailures(access.connection()).whileConnecting(sql);
        }
        if (cause instanceof UnknownHostException unknown) {
            return new SourceFailures(access.connection()).withoutAddress(unknown);
        }
        var problem = cause == null ? new IllegalStateException("no connection and no reason") : cause;
        return new SourceFailures(access.connection())
                .of(FailureCode.UNEXPECTED, "the database driver failed", String.valueOf(problem), problem);
    }

    /** The search path is empty so that nothing in the source can stand in for what the catalogue offers. */
    private void prepare(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set search_path = ''; set row_security = off; set default_transaction_read_only = on;"
                    + " set statement_timeout = " + settings.statementTimeout().toMillis() + ";"
                    + " set lock_timeout = " + settings.lockTimeout().toMillis());
        }
    }

    private Properties properties(SourceAccess access) throws UnknownHostException {
        var source = access.connection();
        var addresses = guard.addresses(source.host());
        var properties = new Properties();
        PGProperty.PG_HOST.set(properties, source.host());
        PGProperty.PG_PORT.set(properties, source.port());
        PGProperty.SOCKET_FACTORY.set(properties, PinnedSockets.class.getName());
        PGProperty.SOCKET_FACTORY_ARG.set(
                properties, PinnedSockets.argument(addresses, source.port(), settings.connectTimeout()));
        PGProperty.PG_DBNAME.set(properties, source.database());
        PGProperty.USER.set(properties, source.username());
        PGProperty.PASSWORD.set(properties, access.password());
        PGProperty.SSL_MODE.set(properties, source.sslMode().libpqName());
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.APPLICATION_NAME.set(properties, access.applicationName());
        PGProperty.READ_ONLY.set(properties, true);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.CONNECT_TIMEOUT.set(
                properties, Math.toIntExact(settings.connectTimeout().toSeconds()));
        PGProperty.LOGIN_TIMEOUT.set(
                properties, Math.toIntExact(2 * settings.connectTimeout().toSeconds()));
        PGProperty.SOCKET_TIMEOUT.set(
                properties, Math.toIntExact(settings.socketTimeout().toSeconds()));
        if (source.sslMode() == SslMode.VERIFY_CA || source.sslMode() == SslMode.VERIFY_FULL) {
            tlsRoots.file().ifPresent(file -> PGProperty.SSL_ROOT_CERT.set(properties, file.toString()));
        }
        return properties;
    }
}
