package dev.holdfast.worker.run;

import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.source.ServerFacts;
import dev.holdfast.worker.source.SourceAccess;
import java.util.Map;

/** The database that a run backs up: reached, looked at, and with the tool for it. */
record BackupTarget(SourceAccess access, ServerFacts facts, PgClient client) {

    /** What is true of the database, with what the caller said about the application. */
    BackupMetadata metadata(Map<String, Object> app) {
        return new BackupMetadata(
                facts.version(),
                client.version(),
                facts.databaseSizeBytes(),
                facts.extensions(),
                facts.migrations(),
                app);
    }
}
