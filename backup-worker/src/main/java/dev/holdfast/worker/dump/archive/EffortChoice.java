package dev.holdfast.worker.dump.archive;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How hard to compress: as little as still makes the archive no larger than pg_dump's default would, found out on samples. What is
 * worth an effort differs greatly: for random bytes in hexadecimal even the quickest packs better than zlib's level 6. What is
 * gained there pays for a quicker pace elsewhere.
 */
final class EffortChoice implements AutoCloseable {
    private static final int SAMPLE_SIZE = 1 << 17;
    /** Chunks from one sample to the next: the cost stays below a hundredth. */
    private static final int PERIOD = 16;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment room = arena.allocate(SAMPLE_SIZE * 2L);
    private final JdkCodec reference = new JdkCodec();
    private final DeflateCodec codec;
    private int chunksOfFile;
    private int effort;
    private double gainPerByte;
    private double gained;

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
            sample(raw);
        }
        gained += gainPerByte * raw.byteSize();
        return effort;
    }

    private void sample(MemorySegment raw) {
        long size = Math.min(raw.byteSize(), SAMPLE_SIZE);
        var sample = raw.asSlice((raw.byteSize() - size) / 2, size);
        int standard = reference.compress(sample, room, reference.efforts() - 1);
        double allowed = standard + Math.max(gained, 0) * size / ((double) PERIOD * Chunk.RAW_SIZE);
        int packed = codec.compress(sample, room, 0);
        for (effort = 0; packed > allowed && effort < codec.efforts() - 1; ) {
            effort++;
            packed = codec.compress(sample, room, effort);
        }
        gainPerByte = (double) (standard - packed) / size;
    }

    @Override
    public void close() {
        reference.close();
        codec.close();
        arena.close();
    }
}
