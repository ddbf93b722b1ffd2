package dev.holdfast.worker.dump.archive;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Room for one piece of a file, plain and packed, off the heap, and what packs it. */
final class Chunk implements AutoCloseable {
    static final int RAW_SIZE = 1 << 20;
    /** Data that does not compress grows by a few bytes in each of deflate's blocks; the file's last member rides along. */
    static final int PACKED_SIZE = RAW_SIZE + RAW_SIZE / 16 + 2048;

    private final Arena arena = Arena.ofShared();
    private final DeflateCodec codec;
    private final MemorySegment raw = arena.allocate(RAW_SIZE, Long.BYTES);
    private final MemorySegment packed = arena.allocate(PACKED_SIZE, Long.BYTES);

    Chunk(DeflateCodec codec) {
        this.codec = codec;
    }

    DeflateCodec codec() {
        return codec;
    }

    MemorySegment raw() {
        return raw;
    }

    MemorySegment packed() {
        return packed;
    }

    @Override
    public void close() {
        codec.close();
        arena.close();
    }
}
