package dev.holdfast.worker.storage;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.failure.BackupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes and seals a backup below each root that it is told of, one after another in its main thread, which a tracer may make
 * fail; so one process does for all faults. It prints that thread's number first, and then how each came out.
 */
public final class FaultedSeals {
    private static final byte[] HALF = new byte[64 * 1024];

    private FaultedSeals() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println(Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName());
        try (var roots = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var root = roots.readLine(); root != null; root = roots.readLine()) {
                System.out.println(outcome(Fixtures.aStore(Path.of(root))));
            }
        }
    }

    private static String outcome(LocalBackupStore store) {
        try {
            var staging = store.stage(Fixtures.ID, 1);
            try {
                var manifest = Fixtures.aManifest(Fixtures.ID, 1, dump(staging));
                return store.seal(staging, "shop", Fixtures.NOON, manifest).toString();
            } finally {
                staging.discard();
            }
        } catch (BackupException e) {
            return e.failure().code().name();
        }
    }

    /** As a dump is written: StreamSink opens its file so, and classifies what fails there. */
    private static Artifact dump(Staging staging) {
        var file = staging.directory().resolve("database.dump");
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            out.write(HALF);
            out.write(HALF);
        } catch (IOException e) {
            throw StorageErrors.classify(e, file);
        }
        return new Artifact("database.dump", 2L * HALF.length, "0".repeat(64));
    }
}
