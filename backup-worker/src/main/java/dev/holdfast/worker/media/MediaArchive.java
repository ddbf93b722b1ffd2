package dev.holdfast.worker.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The tar archive that is being written, in GNU tar's format: its long names are bytes, as names on Linux are, while pax would have
 * them be UTF-8. Fractions of seconds alone go into pax headers, which every tar of this century reads.
 */
final class MediaArchive implements AutoCloseable {
    private static final int LEVEL = 3;
    private static final int MOST_WORKERS = 4;
    private static final long REPORT_EVERY = 1 << 20;

    private final ArchiveFile file;
    private final ZstdOutputStreamNoFinalizer zstd;
    private final TarArchiveOutputStream tar;
    private final Owners owners = new Owners();
    private final LongConsumer bytesWritten;
    private long entries;
    private long contentBytes;
    private long unreported;

    MediaArchive(Path target, LongConsumer bytesWritten) throws IOException {
        this.bytesWritten = bytesWritten;
        file = new ArchiveFile(target);
        // With one or two cores the reading and writing thread has them to itself.
        int workers = Math.clamp(Runtime.getRuntime().availableProcessors() - 2, 0, MOST_WORKERS);
        zstd = new ZstdOutputStreamNoFinalizer(file, LEVEL).setWorkers(workers).setChecksum(true);
        tar = new TarArchiveOutputStream(zstd, ISO_8859_1.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    }

    void directory(Found found) throws IOException {
        put(new TarArchiveEntry(found.name() + "/", TarConstants.LF_DIR, true), found, 0);
        tar.closeArchiveEntry();
    }

    void symbolicLink(Found found, String target) throws IOException {
        var entry = new TarArchiveEntry(found.name(), TarConstants.LF_SYMLINK, true);
        entry.setLinkName(target);
        put(entry, found, 0);
        tar.closeArchiveEntry();
    }

    void hardLink(Found found, String firstName) throws IOException {
        var entry = new TarArchiveEntry(found.name(), TarConstants.LF_LINK, true);
        entry.setLinkName(firstName);
        put(entry, found, 0);
        tar.closeArchiveEntry();
    }

    /** Begins a file; exactly this many bytes must follow before {@link #endFile}. */
    void beginFile(Found found, long size) throws IOException {
        put(new TarArchiveEntry(found.name(), TarConstants.LF_NORMAL, true), found, size);
    }

    void write(byte[] content, int length) throws IOException {
        tar.write(content, 0, length);
        contentBytes += length;
        report(length);
    }

    void endFile() throws IOException {
        tar.closeArchiveEntry();
    }

    /** Writes the end of the archive, and the tally behind it. */
    MediaTally finish() throws IOException {
        tar.finish();
        zstd.closeWithoutClosingParentStream();
        var tally = new MediaTally(entries, contentBytes);
        tally.appendTo(file);
        bytesWritten.accept(file.bytes());
        return tally;
    }

    /** Closes the file; without {@link #finish} before, it is no archive. */
    @Override
    public void close() throws IOException {
        try {
            zstd.closeWithoutClosingParentStream();
        } finally {
            file.close();
        }
    }

    private void put(TarArchiveEntry entry, Found found, long size) throws IOException {
        var attributes = found.attributes();
        entry.setMode(attributes.mode());
        entry.setUserId(attributes.uid());
        entry.setGroupId(attributes.gid());
        entry.setUserName(owners.userOf(found));
        entry.setGroupName(owners.groupOf(found));
        var modified = attributes.modified().toInstant();
        entry.setLastModifiedTime(FileTime.from(modified.truncatedTo(ChronoUnit.SECONDS)));
        entry.setSize(size);
        MtimeHeader.write(tar, modified);
        tar.putArchiveEntry(entry);
        entries++;
        report(TarConstants.DEFAULT_RCDSIZE);
    }

    /** By what goes in: a sparse file may be read for minutes without one byte coming out. */
    private void report(long length) {
        unreported += length;
        if (unreported >= REPORT_EVERY) {
            unreported = 0;
            bytesWritten.accept(file.bytes());
        }
    }
}
