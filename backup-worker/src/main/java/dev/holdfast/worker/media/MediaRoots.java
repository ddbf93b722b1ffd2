package dev.holdfast.worker.run;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The media directories of a source, looked at before anything is written. */
public final class MediaRoots {
    private MediaRoots() {}

    /**
     * Makes sure that each can be listed by this process.
     *
     * @throws BackupException MEDIA_UNREADABLE, naming the first that can't
     */
    public static void requireReadable(List<Path> roots) {
        for (Path root : roots) {
            if (!root.isAbsolute()) {
                throw unreadable(root, "the media path is not absolute: " + root);
            }
            if (!Files.isDirectory(root)) {
                throw unreadable(root, "the media directory is missing, or is no directory: " + root);
            }
            if (!Files.isReadable(root) || !Files.isExecutable(root)) {
                throw unreadable(root, "the media directory can't be read by the worker's user: " + root);
            }
        }
    }

    private static BackupException unreadable(Path root, String summary) {
        return BackupException.of(FailureCode.MEDIA_UNREADABLE, summary, summary, Map.of("path", root.toString()));
    }
}
