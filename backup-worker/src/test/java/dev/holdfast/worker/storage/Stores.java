package dev.holdfast.worker.storage;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores for the tests of other packages. */
public final class Stores {
    private Stores() {}

    public static BackupStore at(Path root) {
        return at(root, Clock.systemUTC());
    }

    /** One that remembers its volumes in a database, as the worker does. */
    public static BackupStore remembering(Path root, JdbcClient jdbc) {
        return new LocalBackupStore(
                new StorageProperties(root),
                new VolumeGuard(new VolumeRows(jdbc, Clock.systemUTC())),
                Clock.systemUTC());
    }

    static LocalBackupStore at(Path root, Clock clock) {
        return new LocalBackupStore(new StorageProperties(root), new VolumeGuard(new FakeMemory()), clock);
    }
}
