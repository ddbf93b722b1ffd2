package dev.holdfast.common.messaging;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** PostgreSQL's word that there is something in the outbox, within milliseconds of the commit. Holds one connection of the pool. */
final class OutboxSignal implements AutoCloseable {
    private final DataSource dataSource;
    private @Nullable Connection connection;

    OutboxSignal(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** From here on a notification is not missed. Does nothing when it listens already. */
    void listen() throws SQLException {
        if (connection != null) {
            return;
        }
        var opened = dataSource.getConnection();
        connection = opened;
        opened.setAutoCommit(true);
        try (var statement = opened.createStatement()) {
            String channel;
            try (var rows = statement.executeQuery("select quote_ident(" + OutboxTable.CHANNEL + ")")) {
                rows.next();
                channel = rows.getString(1);
            }
            statement.execute("listen " + channel);
        }
    }

    /** Returns at the first notification since the last call, or when the time is over. */
    void await(Duration timeout) throws SQLException {
        if (connection != null) {
            connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(timeout.toMillis()));
        }
    }

    /** Gives the connection back; a broken one is noticed by the pool at the statement. */
    @Override
    public void close() {
        var held = connection;
        connection = null;
        if (held == null) {
            return;
        }
        try (held;
                var statement = held.createStatement()) {
            statement.execute("unlisten *");
        } catch (SQLException e) {
            // The connection is gone, and the listening with it.
        }
    }
}
