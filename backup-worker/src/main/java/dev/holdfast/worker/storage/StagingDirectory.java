package dev.holdfast.worker.storage;

import dev.holdfast.common.id.BackupId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code <root>/.part/<backup id>.<attempt>}. */
record StagingDirectory(BackupId backupId, int attempt, Path directory) implements Staging {
    private static final Logger LOG = LoggerFactory.getLogger(StagingDirectory.class);
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([0-9]{1,9})");

    /** Makes the directory anew, for this user alone. */
    static StagingDirectory create(Path staging, BackupId id, int attempt) throws IOException {
        deleteUpTo(staging, id, attempt);
        var directory = staging.resolve(id + "." + attempt);
        Volume.makeDirectory(directory, Modes.PRIVATE_DIRECTORY);
        return new StagingDirectory(id, attempt, directory);
    }

    /** Reads a name in the staging area back; empty for what this version did not put there. */
    static Optional<StagingDirectory> parse(Path directory) {
        var match = NAME.matcher(String.valueOf(directory.getFileName()));
        return match.matches()
                ? Optional.of(
                        new StagingDirectory(BackupId.of(match.group(1)), Integer.parseInt(match.group(2)), directory))
                : Optional.empty();
    }

    @Override
    public void discard() {
        try {
            TreeRemoval.delete(directory);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted now; the next sweep tries again", directory, e);
        }
    }

    /**
     * Deletes a backup's attempts up to this one. Never a later one: a worker that wakes up late must not take away what its
     * successor is writing.
     */
    static void deleteUpTo(Path staging, BackupId id, int attempt) throws IOException {
        try (var entries = Files.newDirectoryStream(staging, id + ".*")) {
            for (var entry : entries) {
                if (parse(entry).filter(other -> other.attempt <= attempt).isPresent()) {
                    TreeRemoval.delete(entry);
                }
            }
        }
    }
}
