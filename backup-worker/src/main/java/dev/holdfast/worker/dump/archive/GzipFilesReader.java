package dev.holdfast.worker.dump.archive;

import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Unpacks files of {@link GzipFiles} on several threads, to see whether they are whole. */
final class GzipFilesReader implements AutoCloseable {
    private final StopSignal stop;
    private final ChunkCrew<Boolean> crew;

    GzipFilesReader(int threads, Supplier<DeflateCodec> codecs, StopSignal stop) {
        this.stop = stop;
        this.crew = new ChunkCrew<>(threads, codecs, (chunk, done) -> {});
    }

    /** Reads one file; what is wrong with it may show only in a later call. */
    void read(Path path) throws IOException {
        try (var file = FileChannel.open(path)) {
            long rawBefore = 0;
            boolean ended = false;
            while (file.position() < file.size()) {
                stop.check();
                var chunk = crew.take();
                var member = readMember(path, file, chunk.packed());
                if (ended || member.rawBefore() != rawBefore) {
                    throw broken(path, "a member is missing, doubled or out of place", null);
                }
                crew.submit(chunk, () -> unpack(path, member, chunk));
                rawBefore += member.rawLength();
                ended = member.isLast();
            }
            if (!ended) {
                throw broken(path, "its end is missing", null);
            }
        }
    }

    /** Returns when all that was read is found whole. */
    void finish() throws IOException {
        crew.finish();
    }

    private static GzipMember readMember(Path path, FileChannel file, MemorySegment into) throws IOException {
        try {
            long at = file.position();
            readFully(path, file, into.asSlice(0, GzipMember.HEADER));
            var member = GzipMember.read(into);
            if (member.length() > Chunk.PACKED_SIZE || member.rawLength() > Chunk.RAW_SIZE) {
                throw new DataFormatException("impossible sizes: " + member);
            }
            file.position(at);
            readFully(path, file, into.asSlice(0, member.length()));
            return member;
        } catch (DataFormatException e) {
            throw broken(path, e.getMessage(), e);
        }
    }

    private static void readFully(Path path, FileChannel file, MemorySegment into) throws IOException {
        var buffer = into.asByteBuffer();
        while (buffer.hasRemaining()) {
            if (file.read(buffer) < 0) {
                throw broken(path, "it ends in the middle of a member", null);
            }
        }
    }

    private static Boolean unpack(Path path, GzipMember member, Chunk chunk) throws IOException {
        try {
            member.unpack(
                    chunk.codec(),
                    chunk.packed().asSlice(0, member.length()),
                    chunk.raw().asSlice(0, member.rawLength()));
            return true;
        } catch (DataFormatException e) {
            throw broken(path, e.getMessage(), e);
        }
    }

    private static BrokenArchiveException broken(Path path, @Nullable String what, @Nullable Exception cause) {
        var message = "%s: %s".formatted(path.getFileName(), what);
        return cause == null ? new BrokenArchiveException(message) : new BrokenArchiveException(message, cause);
    }

    @Override
    public void close() {
        crew.close();
    }
}
