package dev.holdfast.worker.source;

import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.common.outbound.AddressRefused;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures of one source, with the facts that their remedies name. */
public final class SourceFailures {
    static final String BLOCKERS = "select l.pid, a.usename, a.application_name, a.state, l.relation::regclass, a.query"
            + " from pg_locks l join pg_stat_activity a on a.pid = l.pid"
            + " where l.mode = 'AccessExclusiveLock' and l.granted and l.locktype = 'relation'"
            + " and l.database = (select oid from pg_database where datname = current_database())";
    private static final String ACTIVITY = "select pid, state, wait_event_type, wait_event, query_start, query"
            + " from pg_stat_activity where datname = current_database()";

    private final SourceConnection connection;

    public SourceFailures(SourceConnection connection) {
        this.connection = connection;
    }

    public BackupException of(FailureCode code, String summary, String detail) {
        return of(code, summary, detail, Map.of(), null);
    }

    public BackupException of(FailureCode code, String summary, String detail, Throwable cause) {
        return of(code, summary, detail, Map.of(), cause);
    }

    /** @param more facts beyond host, port, database and user */
    public BackupException of(
            FailureCode code, String summary, String detail, Map<String, String> more, @Nullable Throwable cause) {
        var facts = new HashMap<>(facts());
        facts.putAll(more);
        var failure = Failure.of(code, summary, detail, facts);
        return cause == null ? new BackupException(failure) : new BackupException(failure, cause);
    }

    /** The host has no address, or none that may be connected to. */
    public BackupException withoutAddress(UnknownHostException e) {
        return e instanceof AddressRefused
                ? of(
                        FailureCode.SOURCE_ADDRESS_REFUSED,
                        "%s may not be connected to".formatted(server()),
                        String.valueOf(e.getMessage()),
                        e)
                : of(
                        FailureCode.SOURCE_UNREACHABLE,
                        "%s: the host name is unknown".formatted(server()),
                        e.toString(),
                        e);
    }

    /** The server as people write it, such as {@code db.example.org:5432}. */
    public String server() {
        var host = connection.host();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + connection.port();
    }

    private Map<String, String> facts() {
        return Map.of(
                "host", connection.host(),
                "port", Integer.toString(connection.port()),
                "database", forPsql(connection.database()),
                "username", connection.username(),
                "blockers", BLOCKERS,
                "activity", ACTIVITY);
    }

    /** psql takes a name with an equals sign, or one that looks like a URI, for a connection string: such a name is wrapped in one. */
    private static String forPsql(String database) {
        if (!database.contains("=") && !database.startsWith("postgres://") && !database.startsWith("postgresql://")) {
            return database;
        }
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
