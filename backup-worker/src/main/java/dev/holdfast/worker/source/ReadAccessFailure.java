package dev.holdfast.worker.source;

import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns missing privileges into a failure that names the objects, with the statements that mend exactly this case. */
final class ReadAccessFailure {
    private static final int NAMED = 20;
    private static final int FIRST_WITH_READ_ALL = 140_000;

    private final SourceConnection source;
    private final MissingAccess missing;
    private final String role;

    ReadAccessFailure(SourceConnection source, MissingAccess missing) {
        this.source = source;
        this.missing = missing;
        this.role = SqlNames.identifier(source.username());
    }

    BackupException exception() {
        var grants = grants();
        return grants.isEmpty() ? rowSecurity() : privilege(grants);
    }

    private BackupException rowSecurity() {
        return failures()
                .of(
                        FailureCode.SOURCE_ROW_SECURITY,
                        "row-level security hides rows from %s in %s"
                                .formatted(source.username(), named(missing.filteredTables())),
                        "row_security_active is true for: " + named(missing.filteredTables()),
                        Map.of("alterRole", "alter role " + role + " bypassrls"),
                        null);
    }

    private BackupException privilege(List<String> grants) {
        var what = Stream.of(
                        part("USAGE on schema", missing.schemas()),
                        part("SELECT on", missing.relations()),
                        largeObjects())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return failures()
                .of(
                        FailureCode.SOURCE_PRIVILEGE_MISSING,
                        "%s lacks %s".formatted(source.username(), what),
                        String.join(";\n", grants),
                        Map.of("grant", String.join("; ", grants), "grantAll", String.join("; ", grantAll())),
                        null);
    }

    private SourceFailures failures() {
        return new SourceFailures(source);
    }

    private List<String> grants() {
        var grants = new ArrayList<String>();
        if (!missing.schemas().isEmpty()) {
            grants.add(inSchemas("usage on schema", missing.schemas()));
        }
        grants.addAll(selects(false));
        grants.addAll(selects(true));
        if (missing.largeObjectCount() > 0) {
            grants.add(grantLargeObjects());
        }
        return grants;
    }

    /** Names each table; where they are many, all of their schemas: a statement must fit on a command line. */
    private List<String> selects(boolean sequences) {
        var relations = missing.relations().stream()
                .filter(relation -> relation.sequence() == sequences)
                .toList();
        var kind = sequences ? "sequence" : "table";
        if (relations.isEmpty()) {
            return List.of();
        }
        if (relations.size() <= NAMED) {
            var names = relations.stream().map(MissingAccess.Relation::quoted).collect(Collectors.joining(", "));
            return List.of("grant select on " + kind + " " + names + " to " + role);
        }
        var schemas = relations.stream()
                .map(MissingAccess.Relation::schema)
                .distinct()
                .toList();
        return List.of(inSchemas("select on all " + kind + "s in schema", schemas));
    }

    /** Names each schema; where they are many, as with one for each tenant, a loop over all. */
    private String inSchemas(String privilege, List<String> schemas) {
        if (schemas.size() <= NAMED) {
            return "grant " + privilege + " " + identifiers(schemas) + " to " + role;
        }
        return "do $$ declare s name; begin for s in select nspname from pg_namespace"
                + " where nspname !~ '^pg_' and nspname <> 'information_schema' loop"
                + " execute format('grant " + privilege + " %I to %I', s, " + SqlNames.literal(source.username())
                + "); end loop; end $$";
    }

    private String grantLargeObjects() {
        if (missing.largeObjectCount() <= NAMED) {
            var ids = missing.largeObjects().stream().map(String::valueOf).collect(Collectors.joining(", "));
            return "grant select on large object " + ids + " to " + role;
        }
        return "do $$ declare lo oid; begin for lo in select oid from pg_largeobject_metadata loop"
                + " execute format('grant select on large object %s to %I', lo, "
                + SqlNames.literal(source.username()) + "); end loop; end $$";
    }

    /** The role that reads everything does not read large objects. */
    private List<String> grantAll() {
        var grants = new ArrayList<String>();
        if (missing.serverVersion() >= FIRST_WITH_READ_ALL) {
            grants.add("grant pg_read_all_data to " + role);
        } else {
            var schemas = Stream.concat(
                            missing.schemas().stream(),
                            missing.relations().stream().map(MissingAccess.Relation::schema))
                    .distinct()
                    .toList();
            if (!schemas.isEmpty()) {
                grants.add(inSchemas("usage on schema", schemas));
                grants.add(inSchemas("select on all tables in schema", schemas));
                grants.add(inSchemas("select on all sequences in schema", schemas));
            }
        }
        if (missing.largeObjectCount() > 0) {
            grants.add(grantLargeObjects());
        }
        return grants;
    }

    private String largeObjects() {
        if (missing.largeObjectCount() == 0) {
            return "";
        }
        var first = missing.largeObjects().stream()
                .limit(NAMED)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return "SELECT on large object " + first + more(missing.largeObjectCount());
    }

    private static String part(String privilege, List<?> objects) {
        return objects.isEmpty() ? "" : privilege + " " + named(objects);
    }

    private static String named(List<?> objects) {
        return objects.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "))
                + more(objects.size());
    }

    private static String more(long count) {
        return count > NAMED ? " and %d more".formatted(count - NAMED) : "";
    }

    private static String identifiers(List<String> names) {
        return names.stream().map(SqlNames::identifier).collect(Collectors.joining(", "));
    }
}
