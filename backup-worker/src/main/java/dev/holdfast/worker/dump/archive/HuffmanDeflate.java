package dev.holdfast.worker.dump.archive;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Deflate without the search for repetitions: the best that can be done for random bytes, which PostgreSQL writes in hexadecimal, and
 * several times quicker than any search in them. Used by one thread at a time.
 */
final class HuffmanDeflate {
    private static final int BLOCK = 1 << 16;
    private static final int END_OF_BLOCK = 256;
    private static final int SYMBOLS = 257;
    private static final int DYNAMIC_CODES = 2;
    /** The lengths 0 to 15, each told in four bits, in the order of RFC 1951; the three codes for runs of them are not used. */
    private static final int[] LENGTHS_OF_LENGTHS = {0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4};

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] in = new byte[BLOCK];
    private final byte[] out = new byte[BLOCK * 2 + 1024];
    private final int[] frequencies = new int[SYMBOLS];
    private long bits;
    private int bitCount;
    private int written;

    /** @return how many bytes of {@code packed} were written */
    int compress(MemorySegment raw, MemorySegment packed) {
        bits = 0;
        bitCount = 0;
        long done = 0;
        int total = 0;
        do {
            int size = (int) Math.min(BLOCK, raw.byteSize() - done);
            MemorySegment.copy(raw, ValueLayout.JAVA_BYTE, done, in, 0, size);
            done += size;
            boolean last = done == raw.byteSize();
            written = 0;
            writeBlock(size, last);
            if (last) {
                put(0, -bitCount & 7);
            }
            flush();
            MemorySegment.copy(out, 0, packed, ValueLayout.JAVA_BYTE, total, written);
            total += written;
        } while (done < raw.byteSize());
        return total;
    }

    private void writeBlock(int size, boolean last) {
        count(size);
        var lengths = HuffmanCode.lengths(frequencies);
        writeHead(lengths, last);
        var codes = HuffmanCode.reversedCodes(lengths);
        writeData(codes, lengths, size);
        put(codes[END_OF_BLOCK], lengths[END_OF_BLOCK]);
    }

    private void count(int size) {
        Arrays.fill(frequencies, 0);
        for (int i = 0; i < size; i++) {
            frequencies[in[i] & 0xff]++;
        }
        frequencies[END_OF_BLOCK] = 1;
        if (size == 0) {
            frequencies[0] = 1; // a code needs two symbols
        }
    }

    private void writeHead(int[] lengths, boolean last) {
        put(last ? 1 : 0, 1);
        put(DYNAMIC_CODES, 2);
        put(SYMBOLS - 257, 5);
        put(1, 5); // two distances: none is used, but every reader takes a complete code
        put(LENGTHS_OF_LENGTHS.length - 4, 4);
        for (int length : LENGTHS_OF_LENGTHS) {
            put(length, 3);
        }
        for (int length : lengths) {
            put(reversedNibble(length), 4);
        }
        put(reversedNibble(1), 4);
        put(reversedNibble(1), 4);
    }

    /** The loop that everything is about: state in locals, a store of eight bytes for every three symbols. */
    private void writeData(int[] codes, int[] lengths, int size) {
        var coded = new int[END_OF_BLOCK];
        for (int i = 0; i < coded.length; i++) {
            coded[i] = codes[i] << 4 | lengths[i];
        }
        long pool = bits;
        int count = bitCount;
        int at = written;
        for (int i = 0; i < size; i++) {
            int code = coded[in[i] & 0xff];
            pool |= (long) (code >>> 4) << count;
            count += code & 15;
            if (count >= 48) {
                LONG.set(out, at, pool);
                at += 6;
                pool >>>= 48;
                count -= 48;
            }
        }
        bits = pool;
        bitCount = count;
        written = at;
    }

    private void put(int value, int count) {
        bits |= (long) value << bitCount;
        bitCount += count;
        if (bitCount >= 48) {
            flush();
        }
    }

    /** Writes the whole bytes. */
    private void flush() {
        LONG.set(out, written, bits);
        int bytes = bitCount >> 3;
        written += bytes;
        bits >>>= bytes * 8;
        bitCount &= 7;
    }

    private static int reversedNibble(int value) {
        return Integer.reverse(value) >>> Integer.SIZE - 4;
    }
}
