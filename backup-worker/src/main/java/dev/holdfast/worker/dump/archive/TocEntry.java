package dev.holdfast.worker.dump.archive;

/** An entry of the table of contents that has data of its own. */
record TocEntry(int dumpId, String description) {
    private static final String LARGE_OBJECTS = "BLOBS";
    private static final String TABLE = "TABLE DATA";

    boolean isLargeObjects() {
        return description.equals(LARGE_OBJECTS);
    }

    boolean isTable() {
        return description.equals(TABLE);
    }

    /** The file's name as the table of contents has it; a compressed file has {@code .gz} after it. */
    String fileName() {
        return isLargeObjects() ? "blobs.toc" : dumpId + ".dat";
    }
}
