package dev.holdfast.worker.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** What every archive of pg_dump begins with, whatever its format: tells an empty or foreign file before a tool is started. */
final class PgArchive {
    private static final byte[] MAGIC = "PGDMP".getBytes(US_ASCII);

    private PgArchive() {}

    static void requireHeader(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var start = in.readNBytes(MAGIC.length);
            if (start.length == 0) {
                throw Invalid.artifact(file, "the file is empty");
            }
            if (!Arrays.equals(start, MAGIC)) {
                throw Invalid.artifact(file, "the file does not begin as an archive of pg_dump does");
            }
        } catch (NoSuchFileException e) {
            throw Invalid.artifact(file, "the file is missing", e);
        }
    }
}
