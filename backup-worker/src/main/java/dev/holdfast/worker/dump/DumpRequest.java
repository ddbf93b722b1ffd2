package dev.holdfast.worker.dump;

import dev.holdfast.worker.source.ServerFacts;
import dev.holdfast.worker.source.SourceAccess;
import java.nio.file.Path;

/**
 * What to dump, with which tool, and to where.
 *
 * @param directory an empty, private directory on the volume; the dump makes {@code database.dump} or {@code database/} in it
 */
public record DumpRequest(SourceAccess access, PgClient client, ServerFacts facts, Path directory) {}
