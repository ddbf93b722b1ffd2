package dev.holdfast.worker.dump;

import java.nio.file.Path;

/**
 * One installed set of PostgreSQL client tools.
 *
 * @param directory that holds {@code pg_dump}, {@code pg_restore} and {@code pg_dumpall}
 * @param version such as {@code 17.12}
 */
public record PgClient(Path directory, int majorVersion, String version) {

    public Path pgDump() {
        return directory.resolve("pg_dump");
    }

    public Path pgRestore() {
        return directory.resolve("pg_restore");
    }

    public Path pgDumpAll() {
        return directory.resolve("pg_dumpall");
    }
}
