package dev.holdfast.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps two instances from sharing a data directory. The kernel lets go of it however the JVM ends. */
final class InstanceLock implements AutoCloseable {
    private final FileChannel channel;

    private InstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws StartFailure when another instance has it
     */
    static InstanceLock take(DataDirectory data) throws IOException {
        Path file = data.run().resolve("lock");
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new StartFailure("another Holdfast is using " + data.root()
                    + "; stop it first: ./holdfast down --data " + data.root());
        }
        return new InstanceLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held within this JVM, as in tests
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
