package dev.holdfast.worker.source;

import dev.holdfast.common.event.MigrationState;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the tables in which migration tools keep their state, in any schema, and reads them. What only looks like such a table,
 * or can't be read, is left out: it must never fail a backup.
 */
final class MigrationTables {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationTables.class);

    /** The state travels in events and manifests, and comes from a stranger's table. */
    private static final int LONGEST_HEAD = 300;
    /** Of all tables together, in an event of 1 MiB that holds much else: a thousand tenants may have a table each. */
    private static final int MOST_BYTES = 160 * 1024;
    /** Names of fields, numbers and marks of the JSON. */
    private static final int BYTES_BESIDES = 100;

    private final Connection connection;

    MigrationTables(Connection connection) {
        this.connection = connection;
    }

    Map<String, MigrationState> read() throws SQLException {
        var found = find();
        var perTool = new HashMap<MigrationTool, Integer>();
        found.forEach(table -> perTool.merge(table.tool(), 1, Integer::sum));
        var states = new TreeMap<String, MigrationState>();
        int room = MOST_BYTES;
        for (var table : found) {
            var toolTable = table.tool().tableName();
            var key = perTool.getOrDefault(table.tool(), 0) == 1 ? toolTable : table.schema() + "." + toolTable;
            var state = read(table);
            room -= state.map(read -> size(key, read)).orElse(0);
            if (room < 0) {
                LOG.info("the states of {} of {} migration tables are told: no more fit", states.size(), found.size());
                break;
            }
            state.ifPresent(read -> states.put(key, read));
        }
        return states;
    }

    private static int size(String key, MigrationState state) {
        int heads = state.heads().stream().mapToInt(head -> bytes(head) + 3).sum();
        return bytes(key) + bytes(state.table()) + heads + BYTES_BESIDES;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private List<MigrationTable> find() throws SQLException {
        var found = new ArrayList<MigrationTable>();
        try (var search = connection.prepareStatement("""
                select n.nspname as schema, c.relname as name, array_agg(a.attname::text) as columns
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where lower(c.relname) = any (?) and c.relkind in ('r', 'p') and c.relpersistence <> 't'
                    and has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'SELECT')
                group by 1, 2 order by 1, 2""")) {
            search.setArray(1, connection.createArrayOf("text", MigrationTool.tableNames()));
            try (var row = search.executeQuery()) {
                while (row.next()) {
                    var name = row.getString("name");
                    found.add(new MigrationTable(
                            MigrationTool.ofTable(name.toLowerCase(Locale.ROOT)),
                            row.getString("schema"),
                            name,
                            columns((String[]) row.getArray("columns").getArray())));
                }
            }
        }
        return found.stream().filter(MigrationTable::looksReal).toList();
    }

    /** By lower-case name, because Liquibase creates its columns in upper case where it quotes. */
    private static Map<String, String> columns(String[] names) {
        var columns = new HashMap<String, String>();
        Arrays.stream(names).forEach(name -> columns.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
        return columns;
    }

    private static List<String> heads(String[] heads) {
        return Arrays.stream(heads)
                .filter(Objects::nonNull)
                .map(head -> head.substring(0, Math.min(head.length(), LONGEST_HEAD)))
                .toList();
    }

    private Optional<MigrationState> read(MigrationTable table) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(table.query())) {
            row.next();
            var heads = heads((String[]) row.getArray("heads").getArray());
            return Optional.of(
                    new MigrationState(table.displayName(), row.getLong("applied"), row.getLong("failed"), heads));
        } catch (SQLException e) {
            if (connection.isClosed()) {
                throw e;
            }
            LOG.info("no migration state from {}: {}", table.displayName(), e.getMessage());
            return Optional.empty();
        }
    }
}
