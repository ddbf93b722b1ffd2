package dev.holdfast.worker.source;

import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says what an error of the PostgreSQL driver means: by SQLSTATE and cause, by text only where the driver has no better. */
final class SqlFailures {
    private final SourceConnection connection;
    private final SourceFailures failures;

    SqlFailures(SourceConnection connection) {
        this.connection = connection;
        this.failures = new SourceFailures(connection);
    }

    BackupException whileConnecting(SQLException e) {
        return switch (state(e)) {
            case "28P01", "28000" -> authentication(e);
            case "3D000" ->
                of(
                        FailureCode.SOURCE_DATABASE_MISSING,
                        "there is no database %s on %s".formatted(connection.database(), failures.server()),
                        e);
            case "42501" -> connectPrivilege(e);
            case "53300" -> unreachable("%s has no free connection for us", e);
            case "57P01", "57P02", "57P03" -> unreachable("%s is starting up or shutting down", e);
            case "55000" -> unreachable("%s does not allow connections to this database", e);
            default -> networkOrTls(e);
        };
    }

    BackupException whileConnected(SQLException e) {
        var state = state(e);
        return switch (state) {
            case "42501" ->
                of(
                        FailureCode.SOURCE_PRIVILEGE_MISSING,
                        "%s may not read what a backup of %s needs"
                                .formatted(connection.username(), connection.database()),
                        e);
            case "55P03" -> of(FailureCode.SOURCE_LOCKED, "a lock kept the worker from reading the catalogue", e);
            case "57014" -> of(FailureCode.STALLED, "%s did not answer in time".formatted(failures.server()), e);
            case "57P01", "57P02", "57P03", "57P05" -> lost(e);
            default -> state.startsWith("08") ? lost(e) : unexpected(e);
        };
    }

    private BackupException authentication(SQLException e) {
        var text = text(e).toLowerCase(Locale.ROOT);
        var hint = "";
        if (text.contains("pg_hba.conf") && (text.contains("no encryption") || text.contains("ssl off"))) {
            hint =
                    ": pg_hba.conf has no line for it without encryption, so sslMode require may be what the server wants";
        } else if (text.contains("pg_hba.conf")) {
            hint = ": pg_hba.conf has no line that lets it in from here";
        }
        return of(
                FailureCode.SOURCE_AUTHENTICATION_FAILED,
                "%s refused the login of %s%s".formatted(failures.server(), connection.username(), hint),
                e);
    }

    private BackupException connectPrivilege(SQLException e) {
        var grant = "grant connect on database %s to %s"
                .formatted(SqlNames.identifier(connection.database()), SqlNames.identifier(connection.username()));
        var grantAll = grant + "; grant pg_read_all_data to " + SqlNames.identifier(connection.username());
        return failures.of(
                FailureCode.SOURCE_PRIVILEGE_MISSING,
                "%s may not connect to the database %s".formatted(connection.username(), connection.database()),
                text(e),
                Map.of("grant", grant, "grantAll", grantAll),
                e);
    }

    private BackupException networkOrTls(SQLException e) {
        if (caused(e, UnknownHostException.class)) {
            return unreachable("%s: the host name is unknown", e);
        }
        if (caused(e, SSLException.class) || speaksOfTls(e)) {
            return of(
                    FailureCode.SOURCE_TLS_FAILED,
                    "no connection to %s with sslMode %s"
                            .formatted(failures.server(), connection.sslMode().libpqName()),
                    e);
        }
        if (caused(e, SocketTimeoutException.class)) {
            return unreachable("%s did not answer in time", e);
        }
        if (caused(e, NoRouteToHostException.class)) {
            return unreachable("there is no route to %s", e);
        }
        if (caused(e, ConnectException.class)) {
            return unreachable("%s refused the connection", e);
        }
        return byDriverState(e);
    }

    /** What the driver itself raises has one of a few states: 08004 where the server asks for a password that there is none of. */
    private BackupException byDriverState(SQLException e) {
        return switch (state(e)) {
            case "08004" -> authentication(e);
            case "08001" -> unreachable("%s did not answer in time", e);
            case "08006", "08P01" -> unreachable("%s does not answer like a PostgreSQL server", e);
            default -> state(e).startsWith("08") ? unreachable("no connection to %s", e) : unexpected(e);
        };
    }

    /**
     * The driver has no state of its own for TLS; these words are the same in each of its translations. A protocol violation
     * (08P01) speaks of it too where the answer to the question for TLS was nonsense.
     */
    private static boolean speaksOfTls(SQLException e) {
        var text = text(e);
        return state(e).startsWith("08")
                && !state(e).equals("08P01")
                && (text.contains("SSL") || text.contains("ertificate") || text.contains("ostnameverifier"));
    }

    private BackupException unreachable(String summaryWithServer, SQLException e) {
        return of(FailureCode.SOURCE_UNREACHABLE, summaryWithServer.formatted(failures.server()), e);
    }

    private BackupException lost(SQLException e) {
        return of(FailureCode.SOURCE_CONNECTION_LOST, "the connection to %s broke".formatted(failures.server()), e);
    }

    private BackupException unexpected(SQLException e) {
        return of(FailureCode.UNEXPECTED, "%s answered with an error".formatted(failures.server()), e);
    }

    private BackupException of(FailureCode code, String summary, SQLException e) {
        return failures.of(code, summary, text(e), e);
    }

    private static String state(SQLException e) {
        return Optional.ofNullable(e.getSQLState()).orElse("");
    }

    private static String text(SQLException e) {
        var text = new StringBuilder("SQLSTATE ").append(state(e)).append(": ").append(e.getMessage());
        for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
            text.append("; ").append(cause);
        }
        return text.toString();
    }

    private static boolean caused(Throwable e, Class<? extends Throwable> type) {
        for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
