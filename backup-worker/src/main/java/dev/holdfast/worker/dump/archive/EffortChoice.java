package dev.holdfast.worker.dump.archive;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How hard to compress: as little as still packs no worse than what pg_dump does by default, found out on samples. What is worth
 * an effort differs greatly: for random bytes in hexadecimal even the quickest packs better than zlib's level 6.
 */
final class EffortChoice implements AutoCloseable {
    private static final int SAMPLE_SIZE = 1 << 17;
    /** Chunks from one sample to the next: the cost stays below a hundredth. */
    private static final int PERIOD = 16;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment room = arena.allocate(SAMPLE_SIZE * 2L);
    private final JdkCodec reference = new JdkCodec();
    private final DeflateCodec codec;
    private int chunksOfFile;
    private int effort;

    EffortChoice(DeflateCodec codec) {
        this.codec = codec;
    }

    void beginFile() {
        chunksOfFile = 0;
    }

    /** @param raw the next chunk of the file */
    int forNext(MemorySegment raw) {
        if (raw.byteSize() < SAMPLE_SIZE && chunksOfFile == 0) {
            return codec.efforts() - 1;
        }
        if (chunksOfFile++ % PERIOD == 0) {
            effort = sample(raw);
        }
        return effort;
    }

    private int sample(MemorySegment raw) {
        long size = Math.min(raw.byteSize(), SAMPLE_SIZE);
        var sample = raw.asSlice((raw.byteSize() - size) / 2, size);
        int enough = reference.compress(sample, room, reference.efforts() - 1);
        for (int candidate = 0; candidate < codec.efforts() - 1; candidate++) {
            if (codec.compress(sample, room, candidate) <= enough) {
                return candidate;
            }
        }
        return codec.efforts() - 1;
    }

    @Override
    public void close() {
        reference.close();
        codec.close();
        arena.close();
    }
}
