package dev.holdfast.worker.source;

import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.worker.step.StopSignal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session over the PostgreSQL driver; a stop breaks its connection, so that no question outlives the run. */
final class JdbcSession implements SourceSession {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcSession.class);

    /** Only of locks that are waited for: pg_blocking_pids is not cheap for the server (manual, 9.27.1). */
    private static final String WAITING = """
            select distinct format('pid %s (user %s) waits for %s on %s', l.pid, coalesce(a.usename, '?'), l.mode,
                                   coalesce(l.relation::regclass::text, l.locktype))
              from pg_locks l left join pg_stat_activity a on a.pid = l.pid
             where not l.granted
               and exists (select 1 from unnest(pg_blocking_pids(l.pid)) blocker (pid) join pg_stat_activity d using (pid)
                            where d.application_name = ?)
             order by 1""";

    /** A transaction may hold thousands. */
    private static final int NAMED = 20;

    private static final String HOLDERS = """
            select pid, usename, application_name, state, relation, count(*) over () as total
              from (%s) held order by pid, relation limit %d""".formatted(SourceFailures.BLOCKERS, NAMED);

    private final Connection connection;
    private final SourceConnection source;
    private final StopSignal stop;
    private final StopSignal.Hook hook;

    JdbcSession(Connection connection, SourceConnection source, StopSignal stop) {
        this.connection = connection;
        this.source = source;
        this.stop = stop;
        this.hook = stop.onStop(this::abort);
    }

    @Override
    public ServerFacts facts() {
        return ask(() -> new ServerFactsQuery(connection).read());
    }

    @Override
    public void requireReadAccess() {
        var missing = ask(() -> new ReadAccessQuery(connection).read());
        if (!missing.isEmpty()) {
            throw new ReadAccessFailure(source, missing).exception();
        }
    }

    @Override
    public List<String> lockHolders() {
        return ask(() -> {
            var holders = new ArrayList<String>();
            long total = 0;
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(HOLDERS)) {
                while (row.next()) {
                    total = row.getLong("total");
                    holders.add("pid %s (user %s, %s, %s) holds %s"
                            .formatted(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5)));
                }
            }
            if (total > holders.size()) {
                holders.add("%d more such locks".formatted(total - holders.size()));
            }
            return holders;
        });
    }

    @Override
    public List<String> waitingFor(String applicationName) {
        return ask(() -> {
            var waiting = new ArrayList<String>();
            try (var statement = connection.prepareStatement(WAITING)) {
                statement.setString(1, applicationName);
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        waiting.add(row.getString(1));
                    }
                }
            }
            return waiting;
        });
    }

    @Override
    public void close() {
        hook.close();
        closeQuietly(connection);
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("closing a source's connection failed, it is gone all the same", e);
        }
    }

    private <T> T ask(Question<T> question) {
        stop.check();
        try {
            return question.answer();
        } catch (SQLException e) {
            stop.check();
            throw new SqlFailures(source).whileConnected(e);
        }
    }

    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new BackupException(new SqlFailures(source).whileConnected(e).failure(), e);
        }
    }

    /** Something to find out over the connection. */
    @FunctionalInterface
    private interface Question<T> {
        T answer() throws SQLException;
    }
}
