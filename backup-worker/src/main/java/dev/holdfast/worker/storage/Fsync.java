package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Brings a file, or the entries of a directory, to the disk. Never called again for a file on which it failed: Linux may drop the
 * dirty pages and report success the second time.
 */
final class Fsync {
    private Fsync() {}

    static void of(Path fileOrDirectory) throws IOException {
        // Linux lets a descriptor that is open for reading alone be synced, and directories open in no other way.
        try (var channel =
                FileChannel.open(fileOrDirectory, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            channel.force(true);
        }
    }
}
