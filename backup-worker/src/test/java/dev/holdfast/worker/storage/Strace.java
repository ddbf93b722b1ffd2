package dev.holdfast.worker.storage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The tracer that makes system calls fail as only broken hardware would. */
final class Strace implements AutoCloseable {
    private final Process tracer;
    private final Path log;

    private Strace(Process tracer, Path log) {
        this.tracer = tracer;
        this.log = log;
    }

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

    /** Skips the tests where there is no tracer, or it may trace nothing but its own children (kernel.yama.ptrace_scope). */
    static void assumeAttaches(Path directory) throws IOException, InterruptedException {
        assumeTrue(works(directory), "there is no strace here, or it may not trace");
        var sleeper = new ProcessBuilder("cat").start();
        try (var tracer = attach(Long.toString(sleeper.pid()), directory, "fsync", "EIO", 1)) {
            assumeTrue(tracer.tracer.isAlive(), "strace may not attach to a process");
        } finally {
            sleeper.destroy();
        }
    }

    /**
     * Makes one call of a thread fail; returns when the thread is traced.
     *
     * @param calls names, separated by commas
     * @param path only calls on this file count
     * @param which of them fails; later ones do not
     */
    static Strace attach(String thread, Path path, String calls, String errno, int which) throws IOException {
        var log = Files.createTempFile("strace", ".log");
        var tracer = new ProcessBuilder(
                        "strace",
                        "-y",
                        "-o",
                        log.toString(),
                        "-P",
                        path.toString(),
                        "-e",
                        "trace=openat,write,?pwrite64,fsync,fdatasync,close,?rename,?renameat,renameat2,?mkdir,mkdirat",
                        "-e",
                        "inject=%s:error=%s:when=%d".formatted(calls, errno, which),
                        "-p",
                        thread)
                .start();
        awaitAttached(tracer.errorReader());
        return new Strace(tracer, log);
    }

    private static void awaitAttached(BufferedReader said) throws IOException {
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.endsWith(" attached")) {
                return;
            }
        }
    }

    /** Ends the tracing; what the thread called on that file since it began. */
    List<String> calls() throws IOException, InterruptedException {
        tracer.destroy();
        if (!tracer.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("strace does not let go");
        }
        return Files.readAllLines(log);
    }

    @Override
    public void close() throws IOException {
        tracer.destroy();
        Files.deleteIfExists(log);
    }
}
