package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps backups from being written to the empty place that a vanished volume leaves behind: there they would look complete, and
 * be lost with the container or hidden by the next mount. A volume that is new or was emptied is mounted where the old one was,
 * so it is taken; an empty directory on the file system above is not (docs/adr/0009-storage-health.md).
 */
@Component
final class VolumeGuard {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeGuard.class);

    private final VolumeMemory memory;

    VolumeGuard(VolumeMemory memory) {
        this.memory = memory;
    }

    /**
     * To be called before anything is made or written at the root.
     *
     * @throws dev.holdfast.common.failure.BackupException STORAGE_MISSING
     */
    void requirePresent(Path root) {
        var known = memory.recall(root);
        if (known.isPresent() && !hasMarker(root)) {
            requireDirectory(root, known.get());
            requireMount(root, known.get().mountPoint());
        }
    }

    /** Learns which volume it is that was proven writable just now, marking it where it has no mark. */
    void recognise(Path root, Volume volume) throws IOException {
        var marker = VolumeMarker.read(volume.root());
        var id = marker.filter(text -> !text.isEmpty()).isPresent()
                ? marker.get()
                : VolumeMarker.write(volume.root(), marker.isPresent());
        var known = memory.recall(root);
        var point = Mount.of(volume.root()).map(Mount::point).orElse(Path.of("/"));
        if (known.filter(before -> before.id().equals(id) && before.mountPoint().equals(point))
                .isPresent()) {
            return;
        }
        if (known.filter(before -> !before.id().equals(id)).isPresent()) {
            LOG.warn(
                    "another volume than before is mounted at {}, or it was emptied; backups go there from now on, earlier"
                            + " ones are missed there",
                    root);
        }
        memory.remember(root, id, point);
    }

    private static boolean hasMarker(Path root) {
        try {
            return VolumeMarker.read(root).isPresent();
        } catch (IOException e) {
            // Whatever keeps it from being read, the probe will meet it and name it.
            return true;
        }
    }

    private static void requireDirectory(Path root, VolumeMemory.KnownVolume known) {
        if (known.holdsBackups() && Files.notExists(root)) {
            throw StorageErrors.missing(
                    root,
                    "%s is missing, and all backups in it".formatted(root),
                    "error: could not open \"%s\": No such file or directory".formatted(root));
        }
    }

    private static void requireMount(Path root, Path before) {
        Optional<Path> now = Mount.of(root).map(Mount::point);
        if (now.filter(point -> before.startsWith(point) && !before.equals(point))
                .isPresent()) {
            throw StorageErrors.missing(
                    root,
                    "the volume that held the backups is not mounted at %s any more".formatted(before),
                    "error: could not find \"%s\": the volume is not mounted"
                            .formatted(root.resolve(".holdfast-volume")));
        }
    }
}
