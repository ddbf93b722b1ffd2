package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does in small what a backup does at its end: a directory with a file, modes, fsync, rename from staging to the final place,
 * delete. What a volume refuses, it refuses here, before a dump has run for hours.
 */
final class StorageProbe {
    private static final Logger LOG = LoggerFactory.getLogger(StorageProbe.class);
    private static final String PREFIX = ".probe-";
    private static final int PROBE_BYTES = 4096;

    private final Volume volume;
    private final Path target;
    private final String name = PREFIX + UUID.randomUUID();

    StorageProbe(Volume volume, String sourceName) {
        this.volume = volume;
        this.target = volume.sourcePath(sourceName);
    }

    /** Probes the root itself, for whatever source a backup may be of. */
    StorageProbe(Volume volume) {
        this.volume = volume;
        this.target = volume.root();
    }

    static boolean isProbe(Path entry) {
        return String.valueOf(entry.getFileName()).startsWith(PREFIX);
    }

    void run() throws IOException {
        var staged = volume.staging().resolve(name);
        var madeSource = false;
        try {
            madeSource = Volume.makeDirectory(target, Modes.DIRECTORY);
            Volume.makeDirectory(staged, Modes.PRIVATE_DIRECTORY);
            writeFile(staged.resolve("probe"));
            Modes.set(staged, Modes.DIRECTORY);
            Fsync.of(staged);
            Files.move(staged, target.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            Fsync.of(target);
            TreeRemoval.delete(target.resolve(name));
            Fsync.of(volume.root());
        } finally {
            cleanUp(staged, madeSource);
        }
    }

    /** Whether this user may write there by owner and mode; nothing is written, so that many directories cost little. */
    static void requireWritable(Path directory) throws IOException {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Volume.requireDirectory(directory);
            if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
                throw new AccessDeniedException(directory.resolve(PREFIX).toString());
            }
        }
    }

    /** What the backup needs with a margin of a fifth, since databases grow and sizes are estimates. */
    void requireRoom(long expectedBytes, PromisedRoom promised) throws IOException {
        long margin = expectedBytes / 5;
        long needed = expectedBytes > Long.MAX_VALUE - margin ? Long.MAX_VALUE : expectedBytes + margin;
        long free = Files.getFileStore(volume.root()).getUsableSpace();
        if (free - promised.bytes() < needed) {
            throw StorageErrors.noRoom(volume.root(), needed, free, promised);
        }
    }

    private static void writeFile(Path file) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try (var channel = FileChannel.open(file, options)) {
            var bytes = ByteBuffer.allocate(PROBE_BYTES);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            Modes.set(file, Modes.FILE);
            channel.force(true);
        }
    }

    private void cleanUp(Path staged, boolean madeSource) {
        try {
            TreeRemoval.delete(staged);
            TreeRemoval.delete(target.resolve(name));
            if (madeSource) {
                Files.deleteIfExists(target);
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            // A backup of the same source landed meanwhile, or another probe was faster.
            return;
        } catch (IOException e) {
            LOG.warn("the storage probe {} could not be deleted from {}", name, volume.root(), e);
        }
    }
}
