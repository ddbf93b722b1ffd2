package dev.holdfast.worker.storage;

import dev.holdfast.common.id.BackupId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears away what died: attempts, half deletions, probes. What can't be deleted is logged and does not keep the rest. */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** A probe takes milliseconds; another worker on the same volume may be in the middle of one. */
    private static final Duration PROBE_LIMIT = Duration.ofMinutes(10);

    private final Volume volume;
    private final Supplier<Set<BackupId>> running;
    private final Instant now;

    Sweep(Volume volume, Supplier<Set<BackupId>> running, Instant now) {
        this.volume = volume;
        this.running = running;
        this.now = now;
    }

    void run() throws IOException {
        var entries = listed(volume.staging());
        var alive = running.get();
        for (var entry : entries) {
            if (StorageProbe.isProbe(entry) ? isOld(entry) : isDead(entry, alive)) {
                delete(entry);
            }
        }
        deleteProbes(volume.root());
        try (var sources =
                Files.newDirectoryStream(volume.root(), entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
            for (var source : sources) {
                deleteProbes(source);
            }
        }
    }

    private static List<Path> listed(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static boolean isDead(Path entry, Set<BackupId> alive) {
        return StagingDirectory.parse(entry)
                .filter(attempt -> alive.contains(attempt.backupId()))
                .isEmpty();
    }

    private boolean isOld(Path entry) throws IOException {
        try {
            var modified = Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS);
            return modified.toInstant().isBefore(now.minus(PROBE_LIMIT));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void deleteProbes(Path source) {
        try (var probes = Files.newDirectoryStream(source, StorageProbe::isProbe)) {
            for (var probe : probes) {
                if (isOld(probe)) {
                    delete(probe);
                }
            }
        } catch (IOException e) {
            LOG.warn("{} could not be swept", source, e);
        }
    }

    private static void delete(Path entry) {
        try {
            TreeRemoval.delete(entry);
            LOG.info("deleted what was left of a dead attempt: {}", entry);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted now; the next sweep tries again", entry, e);
        }
    }
}
