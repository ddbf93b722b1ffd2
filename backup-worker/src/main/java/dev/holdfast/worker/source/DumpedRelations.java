package dev.holdfast.worker.source;

/**
 * Which relations pg_dump reads rows or values from: tables, partitioned tables and sequences outside the system's schemas; of an
 * extension's own only those that it registered as configuration. Found by trying with pg_dump 15.
 */
final class DumpedRelations {
    /** Ends before the query that reads {@code dumped}. */
    static final String CTE = """
        with dumped as (
            select c.oid, c.relkind as kind, n.oid as schema_oid, n.nspname as schema, c.relname as name
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'S') and c.relpersistence <> 't'
                and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                and (not exists (select 1 from pg_depend d
                        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
                    or exists (select 1 from pg_extension e where c.oid = any (e.extconfig))))
        """;

    private DumpedRelations() {}
}
