package dev.holdfast.worker.storage;

import java.nio.file.Path;
import java.util.Optional;

/** Which volume was found at a root, kept where it outlives the volume: only so can a missing one be told from a new one. */
interface VolumeMemory {

    /** What was there when the root was last proven writable; empty where it never was. */
    Optional<KnownVolume> recall(Path root);

    /** Remembers what is there now in the place of what was. */
    void remember(Path root, String volumeId, Path mountPoint);

    /**
     * A volume as it was remembered.
     *
     * @param mountPoint where the file system was mounted that held the root
     * @param holdsBackups whether there are backups that it should hold
     */
    record KnownVolume(String id, Path mountPoint, boolean holdsBackups) {}
}
