package dev.holdfast.worker.source;

import java.util.List;

/**
 * What a role can't read in a database.
 *
 * @param schemas whose objects can't be named for want of USAGE
 * @param relations tables and sequences, by schema and name, for want of SELECT
 * @param largeObjects some of those for want of SELECT; {@code largeObjectCount} says how many there are
 * @param filteredTables whose rows row-level security would hide, as {@code schema.table}
 */
record MissingAccess(
        int serverVersion,
        List<String> schemas,
        List<Relation> relations,
        List<Long> largeObjects,
        long largeObjectCount,
        List<Relation> filteredTables) {

    boolean isEmpty() {
        return schemas.isEmpty() && relations.isEmpty() && largeObjectCount == 0 && filteredTables.isEmpty();
    }

    /** One table or sequence. */
    record Relation(String schema, String name, boolean sequence) {
        String quoted() {
            return SqlNames.qualified(schema, name);
        }

        @Override
        public String toString() {
            return schema + "." + name;
        }
    }
}
