package dev.holdfast.worker.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Asks a server what a backup's record says about it. */
final class ServerFactsQuery {
    private final Connection connection;

    ServerFactsQuery(Connection connection) {
        this.connection = connection;
    }

    ServerFacts read() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(DumpedRelations.CTE + """
                    select current_setting('server_version') as version, pg_database_size(current_database()) as size,
                        (select count(*) from dumped where kind = 'r') as tables,
                        (select count(*) from pg_largeobject_metadata) as large_objects""")) {
            row.next();
            return new ServerFacts(
                    versionNumber(connection),
                    shortVersion(row.getString("version")),
                    row.getLong("size"),
                    row.getInt("tables"),
                    row.getLong("large_objects"),
                    extensions(),
                    new MigrationTables(connection).read());
        }
    }

    static int versionNumber(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select current_setting('server_version_num')::int")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Distributions add their own in brackets: {@code 17.12 (Debian 17.12-1.pgdg13+1)}. */
    private static String shortVersion(String version) {
        return version.split(" ", 2)[0];
    }

    private Map<String, String> extensions() throws SQLException {
        var extensions = new TreeMap<String, String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select extname, extversion from pg_extension")) {
            while (row.next()) {
                extensions.put(row.getString("extname"), row.getString("extversion"));
            }
        }
        return extensions;
    }
}
