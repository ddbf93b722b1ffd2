package dev.holdfast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build has put what is run. */
final class Jars {
    private Jars() {}

    /** The jar of a service that runs on its own. */
    static Path of(String module) {
        var target = Path.of("..", module, "target").toAbsolutePath().normalize();
        try (var jars = Files.newDirectoryStream(target, "*-exec.jar")) {
            return jars.iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException("is " + module + " built?", e);
        }
    }

    /** The agent with the failpoints. */
    static Path agent() {
        return Path.of("target", "faults.jar").toAbsolutePath();
    }
}
