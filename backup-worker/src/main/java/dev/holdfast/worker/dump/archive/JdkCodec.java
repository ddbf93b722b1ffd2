package dev.holdfast.worker.dump.archive;

import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The zlib of the JDK, for machines without libdeflate: slower, never larger than pg_dump's own. */
final class JdkCodec implements DeflateCodec {
    private static final int[] LEVELS = {1, 4, 6};

    /** One for each level: changing the level of a deflater costs a flush. */
    private final Deflater[] deflaters =
            IntStream.of(LEVELS).mapToObj(level -> new Deflater(level, true)).toArray(Deflater[]::new);

    private final HuffmanDeflate huffman = new HuffmanDeflate();
    private final Inflater inflater = new Inflater(true);

    @Override
    public int efforts() {
        return 1 + LEVELS.length;
    }

    @Override
    public int compress(MemorySegment raw, MemorySegment packed, int effort) {
        if (effort == 0) {
            return huffman.compress(raw, packed);
        }
        var deflater = deflaters[effort - 1];
        deflater.reset();
        deflater.setInput(raw.asByteBuffer());
        deflater.finish();
        int count = deflater.deflate(packed.asByteBuffer());
        if (!deflater.finished()) {
            throw new IllegalStateException("no room for %d packed bytes".formatted(raw.byteSize()));
        }
        return count;
    }

    @Override
    public void decompress(MemorySegment packed, MemorySegment raw) throws DataFormatException {
        inflater.reset();
        inflater.setInput(packed.asByteBuffer());
        int count = inflater.inflate(raw.asByteBuffer());
        // Data that fills its room exactly may have its end mark still ahead.
        boolean ended = inflater.finished() || inflater.inflate(new byte[1]) == 0 && inflater.finished();
        if (!ended || count != raw.byteSize() || inflater.getRemaining() != 0) {
            throw new DataFormatException("%d bytes instead of %d".formatted(count, raw.byteSize()));
        }
    }

    @Override
    public void close() {
        Stream.of(deflaters).forEach(Deflater::close);
        inflater.close();
    }
}
