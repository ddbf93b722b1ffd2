package dev.holdfast.worker.dump.archive;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/** libdeflate, called directly. */
final class LibDeflateCodec implements DeflateCodec {
    private static final int[] LEVELS = {1, 2, 4, 5, 6, 7};

    private final LibDeflate library;
    private final HuffmanDeflate huffman = new HuffmanDeflate();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment consumed = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment produced = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment[] compressors = new MemorySegment[LEVELS.length];
    private MemorySegment decompressor = MemorySegment.NULL;

    LibDeflateCodec(LibDeflate library) {
        this.library = library;
        Arrays.fill(compressors, MemorySegment.NULL);
    }

    @Override
    public int efforts() {
        return 1 + LEVELS.length;
    }

    @Override
    public int compress(MemorySegment raw, MemorySegment packed, int effort) {
        if (effort == 0) {
            return huffman.compress(raw, packed);
        }
        var compressor = compressor(effort - 1);
        try {
            long count =
                    (long) library.compress().invokeExact(compressor, raw, raw.byteSize(), packed, packed.byteSize());
            if (count == 0) {
                throw new IllegalStateException("no room for %d packed bytes".formatted(raw.byteSize()));
            }
            return Math.toIntExact(count);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    @Override
    public void decompress(MemorySegment packed, MemorySegment raw) throws DataFormatException {
        if (decompressor.equals(MemorySegment.NULL)) {
            decompressor = allocateDecompressor();
        }
        int result;
        try {
            result = (int) library.decompress()
                    .invokeExact(decompressor, packed, packed.byteSize(), raw, raw.byteSize(), consumed, produced);
        } catch (Throwable e) {
            throw failed(e);
        }
        if (result != 0
                || consumed.get(ValueLayout.JAVA_LONG, 0) != packed.byteSize()
                || produced.get(ValueLayout.JAVA_LONG, 0) != raw.byteSize()) {
            throw new DataFormatException("libdeflate's result is " + result);
        }
    }

    /** Harmless when it is closed already: freeing twice would end the whole JVM. */
    @Override
    public void close() {
        if (!arena.scope().isAlive()) {
            return;
        }
        arena.close();
        try {
            for (var compressor : compressors) {
                library.freeCompressor().invokeExact(compressor);
            }
            library.freeDecompressor().invokeExact(decompressor);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private MemorySegment compressor(int index) {
        if (compressors[index].equals(MemorySegment.NULL)) {
            try {
                compressors[index] =
                        allocated((MemorySegment) library.allocCompressor().invokeExact(LEVELS[index]));
            } catch (Throwable e) {
                throw failed(e);
            }
        }
        return compressors[index];
    }

    private MemorySegment allocateDecompressor() {
        try {
            return allocated((MemorySegment) library.allocDecompressor().invokeExact());
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static MemorySegment allocated(MemorySegment address) {
        if (address.equals(MemorySegment.NULL)) {
            throw new OutOfMemoryError("libdeflate got no memory");
        }
        return address;
    }

    /** A method handle declares every throwable; a foreign function throws none of its own. */
    private static RuntimeException failed(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }
}
