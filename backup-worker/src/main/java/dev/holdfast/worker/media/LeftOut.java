package dev.holdfast.worker.media;

import dev.holdfast.worker.dump.PrivateDirectories;
import dev.holdfast.worker.storage.UnixAttributes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Directories that go into no archive: known by what they are and not by their names, of which one may have several, but for those
 * in which dumps keep their passwords, which are there for a moment.
 */
final class LeftOut {
    private static final String OWN = "belongs to Holdfast itself";

    private final Object backupRoot;
    private final Map<Object, String> reasons = new HashMap<>();

    /**
     * As they are now.
     *
     * @param backupRoot where the backups are
     * @param own Holdfast's other directories; those that this user can't reach don't matter
     * @throws IOException when the place of the backups can't be looked at
     */
    LeftOut(Path backupRoot, List<Path> own) throws IOException {
        for (var directory : own) {
            try {
                reasons.put(UnixAttributes.read(directory).key(), OWN);
            } catch (FileSystemException e) {
                // Missing, or out of this user's reach, who then can't pack it either.
                continue;
            }
        }
        this.backupRoot = UnixAttributes.read(backupRoot).key();
        reasons.put(this.backupRoot, "is where the backups are");
    }

    /** Why this one is left out, as the end of a sentence about it; empty for all others. */
    Optional<String> reason(Path path, UnixAttributes directory) {
        // They come and go, and other workers have theirs in the same place.
        return PrivateDirectories.isOne(path, directory)
                ? Optional.of(OWN)
                : Optional.ofNullable(reasons.get(directory.key()));
    }

    /**
     * Why media may not begin here. They may within the backups, where some have all their volumes, and not within Holdfast's own.
     *
     * @throws IOException when it can't be looked at
     */
    Optional<String> reasonAtRoot(Path root) throws IOException {
        var real = root.toRealPath();
        var own = reason(real, UnixAttributes.read(real));
        for (var around = real.getParent(); own.isEmpty() && around != null; around = around.getParent()) {
            var attributes = UnixAttributes.read(around);
            own = attributes.key().equals(backupRoot) ? Optional.empty() : reason(around, attributes);
        }
        return own;
    }
}
