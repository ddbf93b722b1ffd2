package dev.holdfast.worker.source;

import java.util.Map;

/**
 * A table that has the name of a migration tool's.
 *
 * @param columns its real column names by their lower-case form
 */
record MigrationTable(MigrationTool tool, String schema, String name, Map<String, String> columns) {

    boolean looksReal() {
        return columns.keySet().containsAll(tool.columns());
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    String displayName() {
        return schema + "." + name;
    }

    /** One row: {@code applied}, {@code failed} and the array {@code heads}. */
    String query() {
        return withColumns(tool.query(this)).replace("{table}", SqlNames.qualified(schema, name));
    }

    /** A column stands in a tool's query as {@code {column}}, because its real name may be in upper case. */
    private String withColumns(String query) {
        var result = query;
        for (var column : columns.entrySet()) {
            result = result.replace("{" + column.getKey() + "}", SqlNames.identifier(column.getValue()));
        }
        return result;
    }
}
