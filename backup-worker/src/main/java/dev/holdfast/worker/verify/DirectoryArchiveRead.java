package dev.holdfast.worker.verify;

import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.dump.ToolLauncher;
import dev.holdfast.worker.dump.archive.GzipDirectoryCheck;
import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code database/} through. What the tool itself wrote is read by {@code pg_restore}, and what is proven is the same as for
 * {@link CustomArchiveRead}. What the worker repacked is read by the worker on every core, which proves more: each part has its
 * checksum, and none is missing, doubled or out of place.
 */
record DirectoryArchiveRead(ToolLauncher launcher) implements FullRead {
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
        var tool = PgRestore.of(launcher, client, archive, stop);
        if (GzipDirectoryCheck.appliesTo(archive)) {
            new GzipDirectoryCheck().verify(archive, stop);
            tool.list(archive);
        } else {
            tool.readThrough(archive);
        }
    }
}
