package dev.holdfast.faults;

import dev.holdfast.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Other people's databases, on a real PostgreSQL that the machine's own pg_dump can read, and the networks to it. Every password in
 * it is the canary that must be found nowhere else.
 */
final class Sources implements AutoCloseable {
    static final String CANARY = "canary-9f2c71-not-to-be-seen";
    static final String OWNER = "shop_owner";

    private final EmbeddedPostgres server = EmbeddedPostgres.temporary();
    /** The way there that nothing is done to, beyond what a row does. */
    private final FaultProxy network = FaultProxy.to("127.0.0.1", server.port());

    Sources() {
        execute("postgres", "create role %s login password '%s'".formatted(OWNER, CANARY));
    }

    /** Makes a database of a few tables that is dumped in no time. */
    void small(String database) {
        create(database, """
                create table item (id int primary key, name text not null);
                insert into item select n, 'item ' || n from generate_series(1, 200) n;
                create table word (id int primary key, item int references item, word text);
                insert into word select n, 1 + n % 200, md5(n::text) from generate_series(1, 400) n""");
    }

    /** Makes a database with so many megabytes that do not compress: slow behind a slow network, fast without. */
    void bulky(String database, int megabytes) {
        create(database, """
                create table picture (id int primary key, bytes bytea not null);
                alter table picture alter column bytes set storage external;
                insert into picture
                select n, (select string_agg(sha256((n || ' ' || m)::bytea), ''::bytea) from generate_series(1, 3200) m)
                  from generate_series(1, %d) n""".formatted(megabytes * 10));
    }

    /** Makes a database that the role owns, with what the SQL makes in it. */
    void create(String database, String tables) {
        server.createDatabase(database);
        execute("postgres", "alter database \"%s\" owner to %s".formatted(database, OWNER));
        execute(database, "grant all on schema public to " + OWNER + "; set role " + OWNER + "; " + tables);
    }

    /** The network between the workers and these databases. */
    FaultProxy network() {
        return network;
    }

    EmbeddedPostgres server() {
        return server;
    }

    /** The sessions that Holdfast holds on the server. */
    List<String> sessions() {
        return column(
                "postgres", "select application_name from pg_stat_activity where application_name like 'holdfast%'");
    }

    /** The backups whose dump has a session on the server now. */
    List<String> dumped() {
        return column(
                "postgres",
                "select distinct left(application_name, 45) from pg_stat_activity where application_name like 'holdfast-%'");
    }

    void execute(String database, String sql) {
        try (var connection = server.dataSource(database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Runs one statement by itself, as the owner of the databases. */
    void executeAsOwner(String database, String sql) {
        try (var connection = server.dataSource(database).getConnection(OWNER, CANARY);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    List<String> column(String database, String sql) {
        try (var connection = server.dataSource(database).getConnection();
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

    @Override
    public void close() {
        network.close();
        server.close();
    }
}
