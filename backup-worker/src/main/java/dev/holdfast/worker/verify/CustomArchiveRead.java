package dev.holdfast.worker.verify;

import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.dump.ToolLauncher;
import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code database.dump} through. This proves that the archive is not cut and that each compressed block uncompresses. It does
 * not prove every bit: gzip blocks carry a checksum of their content, zstd and lz4 blocks as pg_dump writes them carry none, and
 * neither do definitions or uncompressed data.
 */
record CustomArchiveRead(ToolLauncher launcher) implements FullRead {
    private static final String FILE = "database.dump";

    @Override
    public boolean appliesTo(Path directory) {
        return Files.exists(directory.resolve(FILE), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void run(Path directory, @Nullable PgClient client, StopSignal stop) throws IOException {
        var archive = directory.resolve(FILE);
        PgArchive.requireHeader(archive);
        PgRestore.of(launcher, client, archive, stop).readThrough(archive);
    }
}
