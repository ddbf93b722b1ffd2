package dev.holdfast.worker.media;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The archive's own file, counting what goes into it. */
final class ArchiveFile extends OutputStream {
    private final FileChannel channel;
    private long bytes;

    ArchiveFile(Path file) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        channel = FileChannel.open(file, options);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        var rest = ByteBuffer.wrap(buffer, offset, length);
        while (rest.hasRemaining()) {
            bytes += channel.write(rest);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
