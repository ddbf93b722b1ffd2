package dev.holdfast.worker.verify;

import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads {@code database/} through; what is proven is the same as for {@link CustomArchiveRead}. */
final class DirectoryArchiveRead implements FullRead {
    private static final String DIRECTORY = "database";
    private static final String TOC = "toc.dat";

    @Override
    public boolean appliesTo(Path directory) {
        return Files.exists(directory.resolve(DIRECTORY), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void run(Path directory, @Nullable PgClient client, StopSignal stop) throws IOException {
        var archive = directory.resolve(DIRECTORY);
        PgArchive.requireHeader(archive.resolve(TOC));
        PgRestore.of(client, archive, stop).readThrough(archive);
    }
}
