package dev.holdfast.worker.dump.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The entries of an archive that have data; all other entries only pass through, so that a large schema needs no memory. */
final class TableOfContents {
    /** Definition, drop and copy statements, schema, tablespace, access method, owner, "with oids". */
    private static final int STRINGS_AFTER_SECTION = 8;

    private static final int OFFSET_NONE = 3;

    private final Map<Integer, TocEntry> withData = new LinkedHashMap<>();

    /** Reads the entries of a custom archive and writes those of the directory archive. */
    static TableOfContents rewrite(ArchiveInput custom, ArchiveHeader header, OutputStream toc) throws IOException {
        var contents = new TableOfContents();
        custom.echoTo(toc);
        int count = requireCount(custom.readInt());
        for (int i = 0; i < count; i++) {
            custom.echoTo(toc);
            var entry = contents.readEntry(custom);
            custom.stopEcho();
            requireOffset(custom.readByte(), entry.hasData());
            custom.passBytes(header.offsetSize());
            writeString(toc, entry.hasData() ? entry.entry().fileName() : "");
        }
        custom.stopEcho();
        return contents;
    }

    /** Reads the entries of a directory archive. */
    static TableOfContents readDirectory(ArchiveInput toc) throws IOException {
        var contents = new TableOfContents();
        int count = requireCount(toc.readInt());
        for (int i = 0; i < count; i++) {
            var entry = contents.readEntry(toc);
            var fileName = toc.readString();
            var expected = entry.hasData() ? entry.entry().fileName() : "";
            if (!fileName.equals(expected)) {
                throw new BrokenArchiveException("entry %d names the file '%s' instead of '%s'"
                        .formatted(entry.entry().dumpId(), fileName, expected));
            }
        }
        if (!toc.atEnd()) {
            throw new BrokenArchiveException("there is more than a table of contents in toc.dat");
        }
        return contents;
    }

    Map<Integer, TocEntry> withData() {
        return withData;
    }

    private record Read(TocEntry entry, boolean hasData) {}

    private Read readEntry(ArchiveInput in) throws IOException {
        int dumpId = in.readInt();
        boolean hasData = in.readInt() != 0;
        in.passString(); // table oid
        in.passString(); // oid
        in.passString(); // tag
        var entry = new TocEntry(dumpId, in.readString());
        in.readInt(); // section
        for (int i = 0; i < STRINGS_AFTER_SECTION; i++) {
            in.passString();
        }
        boolean dependency = true;
        while (dependency) {
            dependency = in.passString();
        }
        if (hasData && withData.put(dumpId, entry) != null) {
            throw new BrokenArchiveException("two entries have the number " + dumpId);
        }
        return new Read(entry, hasData);
    }

    private static int requireCount(int count) throws BrokenArchiveException {
        if (count < 0) {
            throw new BrokenArchiveException("a table of contents with %d entries".formatted(count));
        }
        return count;
    }

    /** The offset itself means nothing in a stream; whether there is one at all must agree with the entry. */
    private static void requireOffset(int state, boolean hasData) throws BrokenArchiveException {
        if (state < 1 || state > OFFSET_NONE || (state == OFFSET_NONE) == hasData) {
            throw new BrokenArchiveException(
                    "an entry %s data has offset state %d".formatted(hasData ? "with" : "without", state));
        }
    }

    private static void writeString(OutputStream out, String value) throws IOException {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        var written = new ByteArrayOutputStream();
        written.write(0);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            written.write(bytes.length >>> shift);
        }
        written.write(bytes, 0, bytes.length);
        written.writeTo(out);
    }
}
