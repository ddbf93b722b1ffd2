package dev.holdfast.worker.storage;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers volumes as long as a test runs. */
final class FakeMemory implements VolumeMemory {
    boolean holdsBackups;

    private final Map<Path, KnownVolume> volumes = new HashMap<>();

    @Override
    public Optional<KnownVolume> recall(Path root) {
        return Optional.ofNullable(volumes.get(root))
                .map(known -> new KnownVolume(known.id(), known.mountPoint(), holdsBackups));
    }

    @Override
    public void remember(Path root, String volumeId, Path mountPoint) {
        volumes.put(root, new KnownVolume(volumeId, mountPoint, false));
    }
}
