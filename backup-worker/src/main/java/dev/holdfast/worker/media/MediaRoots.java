package dev.holdfast.worker.media;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.storage.BackupStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The media directories of a source, looked at before anything is written. */
@Component
@EnableConfigurationProperties(MediaSettings.class)
public class MediaRoots {
    private static final Logger LOG = LoggerFactory.getLogger(MediaRoots.class);

    private final BackupStore store;
    private final MediaSettings settings;

    MediaRoots(BackupStore store, MediaSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /**
     * Makes sure that each can be listed by this process, and may be.
     *
     * @throws BackupException MEDIA_UNREADABLE or MEDIA_REFUSED, naming the first that can't or may not
     */
    public void requireReadable(List<Path> roots) {
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
            requireNoneOfOurs(root);
        }
    }

    private void requireNoneOfOurs(Path root) {
        try {
            new LeftOut(store.root(), settings.leaveOut()).reasonAtRoot(root).ifPresent(reason -> {
                throw MediaErrors.refused(root, reason);
            });
        } catch (IOException e) {
            // The look at the storage, or the archive itself, says what is wrong.
            LOG.debug("{} can't be compared with what is Holdfast's own", root, e);
        }
    }

    private static BackupException unreadable(Path root, String summary) {
        return BackupException.of(FailureCode.MEDIA_UNREADABLE, summary, summary, Map.of("path", root.toString()));
    }
}
