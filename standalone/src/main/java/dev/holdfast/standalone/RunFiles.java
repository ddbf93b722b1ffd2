package dev.holdfast.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What the launcher reads about a running instance: one file each for process id, port and state. They are hints; the process
 * itself and {@link InstanceLock} are the truth.
 */
final class RunFiles {
    private final Path directory;

    RunFiles(DataDirectory data) {
        this.directory = data.run();
    }

    void pid(long pid) {
        write("pid", Long.toString(pid));
    }

    void port(int port) {
        write("port", Integer.toString(port));
    }

    /** States begin with one of the words starting, ready, stopping and failed; after a colon comes what a person should know. */
    void state(String state) {
        write("state", state.lines().findFirst().orElse(""));
    }

    /** Removes what would name a process that is gone; a failure's state stays for the launcher to show. */
    void clear(boolean keepState) {
        try {
            Files.deleteIfExists(directory.resolve("pid"));
            Files.deleteIfExists(directory.resolve("port"));
            if (!keepState) {
                Files.deleteIfExists(directory.resolve("state"));
            }
        } catch (IOException e) {
            throw new StartFailure("the files in " + directory + " can't be removed: " + e.getMessage());
        }
    }

    /** Whole or not at all: the launcher may read at any moment. */
    private void write(String name, String value) {
        try {
            var part = directory.resolve(name + ".part");
            Files.writeString(part, value + "\n");
            Files.move(
                    part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StartFailure("nothing can be written to " + directory + ": " + e.getMessage());
        }
    }
}
