package dev.holdfast.worker.dump.archive;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/**
 * One gzip member: a file of the archive is a row of them, which every gzip reads as one. An extra field, which others step over,
 * says how long the member is and how much came before it, so that a lost, doubled or moved member shows; an empty member ends
 * the file, so that a cut shows as well.
 *
 * @param length of the whole member, in bytes
 * @param rawLength how many bytes it unpacks to; 0 in the last one
 * @param rawBefore how many bytes the members before it unpack to
 */
record GzipMember(int length, int rawLength, long rawBefore) {
    static final int HEADER = 32;
    static final int TRAILER = 8;

    private static final byte[] START = {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 255, 20, 0, 'H', 'F', 16, 0};

    /** @return the length of the member, which is at the front of {@code member} */
    static int write(DeflateCodec codec, MemorySegment raw, long rawBefore, MemorySegment member, int effort) {
        int packed = codec.compress(raw, member.asSlice(HEADER, member.byteSize() - HEADER - TRAILER), effort);
        int length = HEADER + packed + TRAILER;
        ordered(member)
                .put(START)
                .putInt(length)
                .putInt((int) raw.byteSize())
                .putLong(rawBefore)
                .position(HEADER + packed)
                .putInt(crc(raw))
                .putInt((int) raw.byteSize());
        return length;
    }

    /**
     * Reads a header.
     *
     * @param header at least {@link #HEADER} bytes
     * @throws DataFormatException where it is not one that {@link #write} makes
     */
    static GzipMember read(MemorySegment header) throws DataFormatException {
        var buffer = ordered(header);
        for (byte expected : START) {
            if (buffer.get() != expected) {
                throw new DataFormatException("no member begins here");
            }
        }
        var member = new GzipMember(buffer.getInt(), buffer.getInt(), buffer.getLong());
        if (member.length < HEADER + TRAILER || member.rawLength < 0 || member.rawBefore < 0) {
            throw new DataFormatException("impossible sizes: " + member);
        }
        return member;
    }

    /**
     * Unpacks a whole member and compares its check sum.
     *
     * @param whole {@link #length} bytes, header and trailer included
     * @throws DataFormatException where it is damaged
     */
    void unpack(DeflateCodec codec, MemorySegment whole, MemorySegment raw) throws DataFormatException {
        codec.decompress(whole.asSlice(HEADER, length - HEADER - TRAILER), raw);
        var trailer = ordered(whole.asSlice(length - TRAILER));
        if (trailer.getInt() != crc(raw) || trailer.getInt() != rawLength) {
            throw new DataFormatException("check sum or size differ");
        }
    }

    boolean isLast() {
        return rawLength == 0;
    }

    private static ByteBuffer ordered(MemorySegment segment) {
        return segment.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int crc(MemorySegment raw) {
        var crc = new CRC32();
        crc.update(raw.asByteBuffer());
        return (int) crc.getValue();
    }
}
