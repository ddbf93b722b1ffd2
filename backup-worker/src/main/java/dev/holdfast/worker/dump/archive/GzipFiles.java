package dev.holdfast.worker.dump.archive;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The compressed files of a directory archive, written one after another, compressed on several threads. */
final class GzipFiles implements AutoCloseable {
    private final Path directory;
    private final LongConsumer written;
    private final StopSignal stop;
    private final ChunkCrew<Packed> crew;
    private final EffortChoice effort;

    private String name = "";
    private boolean firstOfFile;
    private @Nullable Chunk chunk;
    private int filled;
    private long rawBefore;
    private @Nullable FileChannel open;

    /** @param written hears how many more bytes are on the volume */
    GzipFiles(Path directory, int threads, Supplier<DeflateCodec> codecs, LongConsumer written, StopSignal stop) {
        this.directory = directory;
        this.written = written;
        this.stop = stop;
        this.crew = new ChunkCrew<>(threads, codecs, this::append);
        this.effort = new EffortChoice(codecs.get());
    }

    /** @param fileName without {@code .gz} */
    void begin(String fileName) {
        name = fileName + ".gz";
        firstOfFile = true;
        rawBefore = 0;
        effort.beginFile();
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            var target = current();
            int piece = Math.min(length - done, Chunk.RAW_SIZE - filled);
            MemorySegment.copy(bytes, offset + done, target.raw(), ValueLayout.JAVA_BYTE, filled, piece);
            filled += piece;
            done += piece;
            if (filled == Chunk.RAW_SIZE) {
                handOver(target, false);
            }
        }
    }

    void end() throws IOException {
        handOver(current(), true);
    }

    /** Returns when all files are written and closed. */
    void finish() throws IOException {
        crew.finish();
    }

    private Chunk current() throws IOException {
        var present = chunk;
        if (present == null) {
            stop.check();
            present = crew.take();
            chunk = present;
        }
        return present;
    }

    private void handOver(Chunk full, boolean last) {
        var raw = full.raw().asSlice(0, filled);
        var work = new Work(full, raw, rawBefore, name, firstOfFile, last, effort.forNext(raw));
        crew.submit(full, work::pack);
        firstOfFile = false;
        rawBefore += filled;
        filled = 0;
        chunk = null;
    }

    private void append(Chunk from, Packed packed) throws IOException {
        if (packed.first()) {
            open = FileChannel.open(directory.resolve(packed.name()), CREATE_NEW, WRITE);
        }
        var file = Objects.requireNonNull(open);
        var bytes = from.packed().asSlice(0, packed.length()).asByteBuffer();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        if (packed.last()) {
            file.close();
            open = null;
        }
        written.accept(packed.length());
    }

    @Override
    public void close() throws IOException {
        crew.close();
        effort.close();
        if (open != null) {
            open.close();
        }
    }

    private record Packed(String name, boolean first, boolean last, int length) {}

    private record Work(
            Chunk chunk, MemorySegment raw, long rawBefore, String name, boolean first, boolean last, int effort) {

        Packed pack() {
            int length = 0;
            if (raw.byteSize() > 0) {
                length = GzipMember.write(chunk.codec(), raw, rawBefore, chunk.packed(), effort);
            }
            if (last) {
                var nothing = raw.asSlice(0, 0);
                var rest = chunk.packed().asSlice(length);
                length += GzipMember.write(chunk.codec(), nothing, rawBefore + raw.byteSize(), rest, 0);
            }
            return new Packed(name, first, last, length);
        }
    }
}
