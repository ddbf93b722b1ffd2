package dev.holdfast.api.console.sources;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * SQL for a role that may read everything and change nothing, so that a backup needs no owner's login.
 *
 * @param modern for servers from 14 on, which have a role that may read all data
 * @param older for those before
 */
public record BackupRole(String modern, String older) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PASSWORD_BYTES = 18;

    /** @param database whose name goes into the SQL; empty where it is not known yet */
    static BackupRole of(String database, String role) {
        var name = identifier(role.isBlank() ? "holdfast" : role);
        var target = identifier(database.isBlank() ? "your_database" : database);
        var create = """
                create role %s login password '%s';
                grant connect on database %s to %s;
                """.formatted(name, password(), target, name);
        return new BackupRole(
                create + "grant pg_read_all_data to %s;".formatted(name),
                create + """
                -- in the database itself, as its owner; again when somebody adds a schema:
                do $grants$
                declare schema_name text;
                begin
                  for schema_name in select nspname from pg_namespace
                      where nspname !~ '^pg_' and nspname <> 'information_schema' loop
                    execute format('grant usage on schema %%I to %1$s', schema_name);
                    execute format('grant select on all tables in schema %%I to %1$s', schema_name);
                    execute format('grant select on all sequences in schema %%I to %1$s', schema_name);
                    execute format('alter default privileges in schema %%I grant select on tables to %1$s', schema_name);
                    execute format('alter default privileges in schema %%I grant select on sequences to %1$s', schema_name);
                  end loop;
                end $grants$;""".formatted(name.replace("'", "''").replace("%", "%%")));
    }

    /** Made up anew for each look and kept nowhere: the one who runs the SQL gives it to the form. */
    private static String password() {
        var bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
