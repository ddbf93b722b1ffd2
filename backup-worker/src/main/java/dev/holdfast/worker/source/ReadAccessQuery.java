package dev.holdfast.worker.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Finds what pg_dump would be refused, in one look at the catalogue instead of one at each table. */
final class ReadAccessQuery {
    /** More of them are counted, not listed. */
    private static final int LISTED_LARGE_OBJECTS = 20;

    private static final int FIRST_WITH_LARGE_OBJECT_FUNCTION = 180_000;

    private final Connection connection;

    ReadAccessQuery(Connection connection) {
        this.connection = connection;
    }

    MissingAccess read() throws SQLException {
        var schemas = new TreeSet<String>();
        var relations = new ArrayList<MissingAccess.Relation>();
        var filtered = new ArrayList<MissingAccess.Relation>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(DumpedRelations.CTE + """
                    select schema, name, kind = 'S' as sequence, usable, readable, filtered
                    from (select d.*,
                            coalesce(has_schema_privilege(d.schema_oid, 'USAGE'), true) as usable,
                            coalesce(has_table_privilege(d.oid, 'SELECT'), true) as readable,
                            d.kind = 'r' and row_security_active(d.oid) as filtered
                        from dumped d) checked
                    where not usable or not readable or filtered
                    order by schema, name""")) {
            while (row.next()) {
                var relation = new MissingAccess.Relation(
                        row.getString("schema"), row.getString("name"), row.getBoolean("sequence"));
                if (!row.getBoolean("usable")) {
                    schemas.add(relation.schema());
                }
                if (!row.getBoolean("readable")) {
                    relations.add(relation);
                } else if (row.getBoolean("filtered")) {
                    filtered.add(relation);
                }
            }
        }
        return withLargeObjects(List.copyOf(schemas), relations, filtered);
    }

    private MissingAccess withLargeObjects(
            List<String> schemas, List<MissingAccess.Relation> relations, List<MissingAccess.Relation> filtered)
            throws SQLException {
        var version = ServerFactsQuery.versionNumber(connection);
        var listed = new ArrayList<Long>();
        var count = 0L;
        try (var statement = connection.createStatement();
                var row =
                        statement.executeQuery("""
                    select m.oid, count(*) over () as total from pg_largeobject_metadata m
                    where current_setting('lo_compat_privileges') = 'off' and not %s
                    order by m.oid limit %d""".formatted(readableLargeObject(version), LISTED_LARGE_OBJECTS + 1))) {
            while (row.next()) {
                listed.add(row.getLong("oid"));
                count = row.getLong("total");
            }
        }
        return new MissingAccess(version, schemas, relations, listed, count, filtered);
    }

    private static String readableLargeObject(int version) {
        if (version >= FIRST_WITH_LARGE_OBJECT_FUNCTION) {
            return "has_largeobject_privilege(m.oid, 'SELECT')";
        }
        return """
            (coalesce(pg_has_role(m.lomowner, 'USAGE'), false) or exists (
                select 1 from aclexplode(m.lomacl) a where a.privilege_type = 'SELECT'
                    and case a.grantee when 0 then true else pg_has_role(a.grantee, 'USAGE') end))""";
    }
}
