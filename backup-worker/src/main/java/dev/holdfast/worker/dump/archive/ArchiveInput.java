package dev.holdfast.worker.dump.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reads the primitives of pg_dump's archives, and can pass on every byte that it reads. */
final class ArchiveInput {
    /** Of the strings that are looked at; all others only pass through. */
    private static final int LONGEST_STRING = 4096;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 18];
    private OutputStream echo = OutputStream.nullOutputStream();
    private int position;
    private int limit;

    ArchiveInput(InputStream in) {
        this.in = in;
    }

    /** Passes on every byte read from here on. */
    void echoTo(OutputStream out) {
        this.echo = out;
    }

    void stopEcho() {
        this.echo = OutputStream.nullOutputStream();
    }

    boolean atEnd() throws IOException {
        return position == limit && !fill();
    }

    int readByte() throws IOException {
        require();
        int value = buffer[position++] & 0xff;
        echo.write(value);
        return value;
    }

    /** A sign byte and four bytes, lowest first. */
    int readInt() throws IOException {
        int sign = readByte();
        int value = readByte() | readByte() << 8 | readByte() << 16 | readByte() << 24;
        boolean lowest =
                sign == 1 && value == Integer.MIN_VALUE; // an object number above 2^31 is written as a negative one
        if (sign > 1 || value < 0 && !lowest) {
            throw new BrokenArchiveException("not a number of an archive: sign %d, value %d".formatted(sign, value));
        }
        return sign == 1 ? -value : value;
    }

    /** A string that is looked at; an absent one is empty. */
    String readString() throws IOException {
        int length = readInt();
        if (length > LONGEST_STRING || length < -1) {
            throw new BrokenArchiveException("a string of %d bytes where a short one belongs".formatted(length));
        }
        var bytes = new byte[Math.max(length, 0)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) readByte();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Steps over a string of any length. @return false where it is absent */
    boolean passString() throws IOException {
        int length = readInt();
        if (length < -1) {
            throw new BrokenArchiveException("a string of %d bytes".formatted(length));
        }
        copy(Math.max(length, 0), (bytes, offset, count) -> {});
        return length >= 0;
    }

    void passBytes(int count) throws IOException {
        copy(count, (bytes, offset, length) -> {});
    }

    /** Hands over the next bytes, piece by piece. */
    void copy(int count, Sink sink) throws IOException {
        int left = count;
        while (left > 0) {
            require();
            int piece = Math.min(left, limit - position);
            echo.write(buffer, position, piece);
            sink.accept(buffer, position, piece);
            position += piece;
            left -= piece;
        }
    }

    private void require() throws IOException {
        if (position == limit && !fill()) {
            throw new BrokenArchiveException("the archive ends in the middle");
        }
    }

    private boolean fill() throws IOException {
        try {
            int count = in.read(buffer);
            position = 0;
            limit = Math.max(count, 0);
            return count > 0;
        } catch (IOException e) {
            throw new BrokenArchiveException("the archive could not be read on: " + e.getMessage(), e);
        }
    }

    /** Takes bytes; the array is reused after the call. */
    @FunctionalInterface
    interface Sink {
        void accept(byte[] bytes, int offset, int length) throws IOException;
    }
}
