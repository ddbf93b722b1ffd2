package dev.holdfast.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Everything that one instance keeps, below one directory; to move an instance is to move it. */
record DataDirectory(Path root) {

    /** Makes what is missing; what others must not read is closed to them before anything is put there. */
    void prepare() throws IOException {
        Files.createDirectories(root);
        for (var directory : new Path[] {run(), logs(), backups()}) {
            Files.createDirectories(directory);
        }
        for (var directory : new Path[] {keys(), postgres(), broker()}) {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path broker() {
        return root.resolve("broker");
    }

    Path keys() {
        return root.resolve("keys");
    }

    Path workerKey() {
        return keys().resolve("worker.age");
    }

    Path workerRecipient() {
        return keys().resolve("worker.age.pub");
    }

    /** The token with which commands on this machine are let in. */
    Path localToken() {
        return keys().resolve("local-token");
    }

    /** Where the way to the first administrator is left, while there is none. */
    Path firstRun() {
        return keys().resolve("first-run");
    }

    /** Where the broker of the running instance is, for subscribers of this machine. */
    Path brokerUrl() {
        return keys().resolve("broker-url");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log() {
        return logs().resolve("holdfast.log");
    }

    Path backups() {
        return root.resolve("backups");
    }

    Path run() {
        return root.resolve("run");
    }
}
