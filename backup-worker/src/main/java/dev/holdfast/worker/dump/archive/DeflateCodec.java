package dev.holdfast.worker.dump.archive;

import java.lang.foreign.MemorySegment;
import java.util.zip.DataFormatException;

/** Packs and unpacks one piece of data as a raw deflate stream. Used by one thread at a time. */
interface DeflateCodec extends AutoCloseable {

    /** How many efforts there are: 0 is the quickest, the last one packs best. */
    int efforts();

    /**
     * Packs.
     *
     * @param raw off-heap
     * @param packed off-heap, large enough for data that does not compress
     * @return how many bytes of {@code packed} were written
     */
    int compress(MemorySegment raw, MemorySegment packed, int effort);

    /**
     * Unpacks a stream that fills {@code packed} exactly, into exactly {@code raw}.
     *
     * @throws DataFormatException where it is damaged, or is not of these sizes
     */
    void decompress(MemorySegment packed, MemorySegment raw) throws DataFormatException;

    @Override
    void close();

    /** The quickest that this machine has. */
    static DeflateCodec create() {
        return LibDeflate.find().<DeflateCodec>map(LibDeflateCodec::new).orElseGet(JdkCodec::new);
    }
}
