package dev.holdfast.worker.dump.archive;

import dev.holdfast.worker.dump.DumpListener;
import dev.holdfast.worker.step.StopSignal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * Turns the stream of {@code pg_dump -Fc -Z0} into what {@code pg_dump -Fd} writes, compressed on every core. Clients before 16 can
 * only compress by zlib, on one core, in most of a dump's time; see docs/adr/0008-fast-dumps.md. Needs a few megabytes
 * of memory, most of it off the heap, and no room on the volume but the result's.
 */
public final class DirectoryRepacker {
    private final int threads;
    private final Supplier<DeflateCodec> codecs;

    /** @param threads that compress, at least 1; each needs about 3 MB */
    public DirectoryRepacker(int threads) {
        this(threads, DeflateCodec::create);
    }

    DirectoryRepacker(int threads, Supplier<DeflateCodec> codecs) {
        this.threads = threads;
        this.codecs = codecs;
    }

    /**
     * Reads the archive to its end and writes the directory. Nothing is fsynced. On any failure files are left behind, which the
     * caller discards. The stream does not say itself that it is complete: a caller must also see the tool's exit code 0.
     *
     * @param customArchive the tool's standard output; whoever stops the run ends the tool, so that reading does not block
     * @param databaseDirectory is made; its parent exists
     * @throws BrokenArchiveException where the stream is cut, damaged, or of a kind not known here
     * @throws IOException where the volume fails
     * @throws dev.holdfast.common.failure.BackupException with the reason of {@code stop}
     */
    public void repack(InputStream customArchive, Path databaseDirectory, DumpListener listener, StopSignal stop)
            throws IOException {
        try {
            Files.createDirectory(databaseDirectory);
            var in = new ArchiveInput(customArchive);
            var contents = rewriteContents(in, databaseDirectory.resolve("toc.dat"));
            var progress = new Progress(listener, Files.size(databaseDirectory.resolve("toc.dat")));
            try (var files = new GzipFiles(databaseDirectory, threads, codecs, progress::written, stop)) {
                new DataBlocks(in, contents, databaseDirectory, files, progress::tablesDone).copyAll();
            }
        } catch (IOException e) {
            stop.check(); // a stopped tool's output ends anywhere: the reason is the stop
            throw e;
        }
        stop.check();
    }

    private static TableOfContents rewriteContents(ArchiveInput in, Path file) throws IOException {
        try (var toc = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
            var header = ArchiveHeader.rewrite(in, toc);
            return TableOfContents.rewrite(in, header, toc);
        }
    }

    /** Adds up what the listener hears. */
    private static final class Progress {
        private final DumpListener listener;
        private long bytes;
        private int tables;

        Progress(DumpListener listener, long bytes) {
            this.listener = listener;
            this.bytes = bytes;
        }

        void written(long more) {
            bytes += more;
            listener.progressed(bytes, tables);
        }

        void tablesDone(int count) {
            tables = count;
            listener.progressed(bytes, tables);
        }
    }
}
