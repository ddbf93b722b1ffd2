package dev.holdfast.worker.storage;

import java.nio.file.Path;
import java.time.Clock;

/** Stores for the tests of other packages. */
public final class Stores {
    private Stores() {}

    public static BackupStore at(Path root) {
        return new LocalBackupStore(new StorageProperties(root), Clock.systemUTC());
    }
}
