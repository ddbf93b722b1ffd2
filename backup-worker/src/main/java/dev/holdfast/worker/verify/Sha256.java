package dev.holdfast.worker.verify;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.StorageErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** Hashes what lies on the disk, as against what a process says it wrote. */
public final class Sha256 {
    private static final int BUFFER_SIZE = 256 * 1024;

    private Sha256() {}

    /**
     * Reads one file to its end.
     *
     * @throws dev.holdfast.common.failure.BackupException STORAGE_* where it can't be read, or the reason of {@code stop}
     */
    public static Artifact of(Path directory, String name, StopSignal stop) {
        var file = directory.resolve(name);
        try (var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            var digest = newDigest();
            var buffer = ByteBuffer.allocate(BUFFER_SIZE);
            long size = 0;
            for (int read = channel.read(buffer); read >= 0; read = channel.read(buffer.clear())) {
                stop.check();
                digest.update(buffer.array(), 0, read);
                size += read;
            }
            return new Artifact(name, size, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw StorageErrors.classify(e, file);
        }
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
