package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.file.Path;

/** Stages and seals one backup, for tests that run it under another umask. */
public final class SealMain {
    private SealMain() {}

    public static void main(String[] arguments) throws IOException {
        var store = Fixtures.aStore(Path.of(arguments[0]));
        var staging = store.stage(Fixtures.ID, 1);
        var manifest = Fixtures.aManifest(
                Fixtures.ID,
                1,
                Fixtures.aFile(staging, "database/toc.dat", "toc"),
                Fixtures.aFile(staging, "backup.log", "log"));
        System.out.println(store.seal(staging, "shop", Fixtures.NOON, manifest));
    }
}
