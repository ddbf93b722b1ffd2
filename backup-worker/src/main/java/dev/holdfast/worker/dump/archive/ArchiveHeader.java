package dev.holdfast.worker.dump.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an archive begins with.
 *
 * @param offsetSize bytes of a file offset in a custom archive's entries
 */
record ArchiveHeader(int offsetSize) {
    private static final byte[] MAGIC = "PGDMP".getBytes(StandardCharsets.US_ASCII);
    private static final int INT_SIZE = 4;
    private static final int CUSTOM = 1;
    /** The table of contents of a directory says "tar", also where pg_dump writes it. */
    private static final int DIRECTORY = 3;
    /** "zlib's default", as pg_dump -Fd writes: a later pg_restore must know that members are compressed. */
    private static final byte[] GZIP_DEFAULT = {1, 1, 0, 0, 0};

    /** Seconds, minutes, hours, day, month, year, daylight saving. */
    private static final int CREATION_TIME_FIELDS = 7;
    /** Name of the database, version of the server, version of pg_dump. */
    private static final int NAMES = 3;

    /** Reads the header of an uncompressed custom archive, and writes that of the directory archive. */
    static ArchiveHeader rewrite(ArchiveInput custom, OutputStream toc) throws IOException {
        var start = new ByteArrayOutputStream();
        custom.echoTo(start);
        var header = readStart(custom);
        custom.stopEcho();
        requireFormat(custom.readByte(), CUSTOM);
        int compression = custom.readInt();
        if (compression != 0) {
            throw new BrokenArchiveException("the archive is compressed already, at level " + compression);
        }
        start.writeTo(toc);
        toc.write(DIRECTORY);
        toc.write(GZIP_DEFAULT);
        custom.echoTo(toc);
        passRest(custom);
        custom.stopEcho();
        return header;
    }

    /** Reads the header of a directory archive. */
    static ArchiveHeader readDirectory(ArchiveInput toc) throws IOException {
        var header = readStart(toc);
        requireFormat(toc.readByte(), DIRECTORY);
        toc.readInt();
        passRest(toc);
        return header;
    }

    private static ArchiveHeader readStart(ArchiveInput in) throws IOException {
        var magic = new byte[MAGIC.length];
        for (int i = 0; i < magic.length; i++) {
            magic[i] = (byte) in.readByte();
        }
        if (!Arrays.equals(magic, MAGIC)) {
            throw new BrokenArchiveException("not an archive of pg_dump");
        }
        var version = new ArchiveVersion(in.readByte(), in.readByte(), in.readByte());
        if (!ArchiveVersion.supports(version)) {
            throw new BrokenArchiveException("archive version %s is not known here".formatted(version));
        }
        int intSize = in.readByte();
        int offsetSize = in.readByte();
        if (intSize != INT_SIZE || offsetSize < 4 || offsetSize > 8) {
            throw new BrokenArchiveException("numbers of %d and offsets of %d bytes".formatted(intSize, offsetSize));
        }
        return new ArchiveHeader(offsetSize);
    }

    private static void requireFormat(int format, int expected) throws BrokenArchiveException {
        if (format != expected) {
            throw new BrokenArchiveException("archive format %d instead of %d".formatted(format, expected));
        }
    }

    private static void passRest(ArchiveInput in) throws IOException {
        for (int i = 0; i < CREATION_TIME_FIELDS; i++) {
            in.readInt();
        }
        for (int i = 0; i < NAMES; i++) {
            in.passString();
        }
    }
}
