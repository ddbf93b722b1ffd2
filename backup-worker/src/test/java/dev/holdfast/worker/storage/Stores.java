package dev.holdfast.worker.storage;

import java.nio.file.Path;
import java.time.Clock;

/** Stores for the tests of other packages. */
public final class Stores {
    private Stores() {}

    public static BackupStore at(Path root) {
        return at(root, Clock.systemUTC());
    }

    static LocalBackupStore at(Path root, Clock clock) {
        return new LocalBackupStore(new StorageProperties(root), new VolumeGuard(new FakeMemory()), clock);
    }
}
