package dev.holdfast.worker.dump.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/** What follows the table of contents in a custom archive: one block for each entry with data, to the end of the stream. */
final class DataBlocks {
    private static final int DATA = 1;
    private static final int LARGE_OBJECTS = 3;

    private final ArchiveInput in;
    private final Map<Integer, TocEntry> expected;
    private final Path directory;
    private final GzipFiles files;
    private final IntConsumer tablesDone;
    private int tables;

    DataBlocks(ArchiveInput in, TableOfContents contents, Path directory, GzipFiles files, IntConsumer tablesDone) {
        this.in = in;
        this.expected = new HashMap<>(contents.withData());
        this.directory = directory;
        this.files = files;
        this.tablesDone = tablesDone;
    }

    void copyAll() throws IOException {
        while (!in.atEnd()) {
            copyBlock(in.readByte(), in.readInt());
        }
        files.finish();
        if (!expected.isEmpty()) {
            throw new BrokenArchiveException("the archive ends without the data of %d entries, among them number %d"
                    .formatted(expected.size(), expected.keySet().iterator().next()));
        }
    }

    private void copyBlock(int type, int dumpId) throws IOException {
        var entry = expected.remove(dumpId);
        if (entry == null || type != (entry.isLargeObjects() ? LARGE_OBJECTS : DATA)) {
            throw new BrokenArchiveException("a block of type %d for entry %d, which has %s"
                    .formatted(type, dumpId, entry == null ? "no data, or has had it" : entry.description()));
        }
        if (entry.isLargeObjects()) {
            copyLargeObjects(entry);
        } else {
            copyFile(entry.fileName());
        }
        if (entry.isTable()) {
            tables++;
            tablesDone.accept(tables);
        }
    }

    /** Large objects, each with its number; number 0 ends them. */
    private void copyLargeObjects(TocEntry entry) throws IOException {
        try (var list = Files.newOutputStream(directory.resolve(entry.fileName()))) {
            var buffered = new BufferedOutputStream(list);
            for (int number = in.readInt(); number != 0; number = in.readInt()) {
                copyLargeObject(Integer.toUnsignedString(number), buffered);
            }
            buffered.flush();
        }
    }

    private void copyLargeObject(String number, OutputStream list) throws IOException {
        var fileName = "blob_" + number + ".dat";
        list.write((number + " " + fileName + "\n").getBytes(StandardCharsets.US_ASCII));
        copyFile(fileName);
    }

    /** Pieces, each with its length; length 0 ends them. */
    private void copyFile(String fileName) throws IOException {
        files.begin(fileName);
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            if (length < 0) {
                throw new BrokenArchiveException("a piece of %d bytes".formatted(length));
            }
            in.copy(length, files::write);
        }
        files.end();
    }
}
