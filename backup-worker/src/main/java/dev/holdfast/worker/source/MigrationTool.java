package dev.holdfast.worker.source;

import java.util.Arrays;
import java.util.Set;

/** The migration tools whose state goes into a backup's record, each with how its table is to be read. */
enum MigrationTool {
    DJANGO("django_migrations", Set.of("id", "app", "name")) {
        @Override
        String query(MigrationTable table) {
            return """
                select count(*) as applied, 0 as failed, array(
                    select head from (select distinct on ({app}) {app} || '.' || {name} as head from {table}
                        order by {app}, {id} desc) newest order by head limit 500) as heads
                from {table}""";
        }
    },
    FLYWAY("flyway_schema_history", Set.of("installed_rank", "version", "success")) {
        @Override
        String query(MigrationTable table) {
            return """
                select count(*) filter (where {success}) as applied, count(*) filter (where not {success}) as failed, array(
                    select {version}::text from {table} where {success} and {version} is not null
                    order by {installed_rank} desc limit 1) as heads
                from {table}""";
        }
    },
    LIQUIBASE("databasechangelog", Set.of("id", "author", "filename", "orderexecuted", "exectype")) {
        @Override
        String query(MigrationTable table) {
            return """
                select count(*) filter (where {exectype} <> 'FAILED') as applied,
                    count(*) filter (where {exectype} = 'FAILED') as failed, array(
                    select {filename} || '::' || {id} || '::' || {author} from {table} where {exectype} <> 'FAILED'
                    order by {orderexecuted} desc limit 1) as heads
                from {table}""";
        }
    },
    ALEMBIC("alembic_version", Set.of("version_num")) {
        @Override
        String query(MigrationTable table) {
            return """
                select count(*) as applied, 0 as failed, array(
                    select {version_num}::text from {table} order by 1 limit 500) as heads
                from {table}""";
        }
    },
    PRISMA("_prisma_migrations", Set.of("migration_name", "started_at", "finished_at", "rolled_back_at")) {
        @Override
        String query(MigrationTable table) {
            return """
                select count(*) filter (where {finished_at} is not null and {rolled_back_at} is null) as applied,
                    count(*) filter (where {finished_at} is null or {rolled_back_at} is not null) as failed, array(
                    select {migration_name}::text from {table} where {finished_at} is not null and {rolled_back_at} is null
                    order by {started_at} desc limit 1) as heads
                from {table}""";
        }
    },
    /** Rails, Ecto, dbmate and others keep a version alone; golang-migrate adds whether it stopped half-way. */
    SCHEMA_MIGRATIONS("schema_migrations", Set.of("version")) {
        @Override
        String query(MigrationTable table) {
            var dirty = table.has("dirty") ? "{dirty}::text::boolean" : "false";
            return """
                select count(*) filter (where not %1$s) as applied, count(*) filter (where %1$s) as failed, array(
                    select {version}::text from {table} where not %1$s and {version} is not null
                    order by length({version}::text) desc, {version}::text desc limit 1) as heads
                from {table}""".formatted(dirty);
        }
    };

    private final String tableName;
    private final Set<String> columns;

    MigrationTool(String tableName, Set<String> columns) {
        this.tableName = tableName;
        this.columns = columns;
    }

    /** With {@code {table}} and {@code {column}} in place of the names. */
    abstract String query(MigrationTable table);

    String tableName() {
        return tableName;
    }

    /** Without these it is another tool's table, or another application's. */
    Set<String> columns() {
        return columns;
    }

    static String[] tableNames() {
        return Arrays.stream(values()).map(MigrationTool::tableName).toArray(String[]::new);
    }

    static MigrationTool ofTable(String lowerCaseName) {
        return Arrays.stream(values())
                .filter(tool -> tool.tableName.equals(lowerCaseName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no migration tool keeps a table " + lowerCaseName));
    }
}
