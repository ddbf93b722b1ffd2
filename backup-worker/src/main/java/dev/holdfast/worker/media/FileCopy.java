package dev.holdfast.worker.media;

import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** Copies one file into the archive, which is told its size first: what changes after that can't be undone, only noted. */
final class FileCopy {
    private static final int BUFFER_SIZE = 256 * 1024;

    private final MediaArchive archive;
    private final MediaNotes notes;
    private final StopSignal stop;
    private final byte[] buffer = new byte[BUFFER_SIZE];

    FileCopy(MediaArchive archive, MediaNotes notes, StopSignal stop) {
        this.archive = archive;
        this.notes = notes;
        this.stop = stop;
    }

    /** The header has the size of the moment; a file that shrinks is filled up with zeros, one that grows is cut. */
    void into(Found found, SeekableByteChannel content) throws IOException {
        long size = sizeOf(found, content);
        archive.beginFile(found, size);
        long left = copy(found, content, size);
        if (left > 0) {
            pad(left);
        }
        archive.endFile();
        long now = sizeOf(found, content);
        if (left > 0 || now != size) {
            notes.changedSize(found.path(), size, now);
        }
    }

    private long copy(Found found, SeekableByteChannel content, long size) throws IOException {
        long left = size;
        while (left > 0) {
            stop.check();
            int read = read(found, content, (int) Math.min(left, BUFFER_SIZE));
            if (read < 0) {
                return left;
            }
            archive.write(buffer, read);
            left -= read;
        }
        return 0;
    }

    private void pad(long length) throws IOException {
        Arrays.fill(buffer, (byte) 0);
        for (long left = length; left > 0; left -= Math.min(left, BUFFER_SIZE)) {
            stop.check();
            archive.write(buffer, (int) Math.min(left, BUFFER_SIZE));
        }
    }

    private int read(Found found, SeekableByteChannel content, int atMost) {
        try {
            return content.read(ByteBuffer.wrap(buffer, 0, atMost));
        } catch (IOException e) {
            throw MediaErrors.unreadable(found.path(), e);
        }
    }

    private static long sizeOf(Found found, SeekableByteChannel content) {
        try {
            return content.size();
        } catch (IOException e) {
            throw MediaErrors.unreadable(found.path(), e);
        }
    }
}
