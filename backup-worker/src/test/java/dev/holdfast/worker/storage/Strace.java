package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.file.Path;

/** The tracer that makes system calls fail as only broken hardware would. */
final class Strace {
    private Strace() {}

    static boolean works(Path directory) throws InterruptedException {
        try {
            return Command.run(
                                    "strace",
                                    "-f",
                                    "-o",
                                    "/dev/null",
                                    "-e",
                                    "inject=mkdir,mkdirat:error=EIO",
                                    "mkdir",
                                    directory.resolve("traced").toString())
                            .exitCode()
                    == 1;
        } catch (IOException e) {
            return false;
        }
    }
}
