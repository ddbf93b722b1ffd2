package dev.holdfast.browser;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A backup that runs until the lock on the one table of its database is given up. */
final class HeldBackup implements AutoCloseable {
    private final Connection holder;
    private final String id;

    private HeldBackup(Connection holder, String id) {
        this.holder = holder;
        this.id = id;
    }

    /** @param name of the source and of its database, of which there is none yet */
    static HeldBackup start(Console console, String name) throws SQLException {
        console.server().createDatabase(name);
        var holder = console.server().dataSource(name).getConnection();
        try (var statement = holder.createStatement()) {
            statement.execute("create table held (id int)");
            holder.setAutoCommit(false);
            statement.execute("lock table held in access exclusive mode");
            console.rest().source(name, console.server(), name, console.server().password());
            return new HeldBackup(holder, console.rest().request(Map.of("source", name)));
        } catch (SQLException | RuntimeException | AssertionError e) {
            holder.close();
            throw e;
        }
    }

    String id() {
        return id;
    }

    void letGo() throws SQLException {
        holder.rollback();
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
