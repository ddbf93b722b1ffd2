package dev.holdfast.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that outlives a JVM killed with {@code kill -9}. It is stopped rather than joined: joined, it would belong to nobody,
 * and nothing would stop it when the next JVM ends.
 */
final class OrphanedPostmaster {
    private static final Logger log = LoggerFactory.getLogger(OrphanedPostmaster.class);
    private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE_SHUTDOWN = Duration.ofSeconds(10);

    private OrphanedPostmaster() {}

    /**
     * Stops the server that runs on this cluster, if one does, and removes the pid file of one that does not run any more: its
     * number may belong to another process by now, and PostgreSQL would refuse to start.
     *
     * @param data the cluster's directory; nothing else may be about to start a server on it
     */
    static void stop(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var postmaster = postmaster(pidFile, data);
        if (postmaster.isPresent()) {
            log.warn(
                    "a database server of an earlier run is still there as process {}; stopping it",
                    postmaster.get().pid());
            stop(postmaster.get());
        }
        Files.deleteIfExists(pidFile);
    }

    private static Optional<ProcessHandle> postmaster(Path pidFile, Path data) throws IOException {
        try {
            var firstLine = Files.readAllLines(pidFile).stream().findFirst().orElse("");
            return ProcessHandle.of(Long.parseLong(firstLine.strip())).filter(process -> serves(process, data));
        } catch (NumberFormatException e) {
            return Optional.empty(); // cut off while it was written
        }
    }

    private static boolean serves(ProcessHandle process, Path data) {
        return process.isAlive()
                && Stream.of(process.info().arguments().orElse(new String[0]))
                        .anyMatch(argument -> isSameDirectory(argument, data));
    }

    private static boolean isSameDirectory(String argument, Path data) {
        try {
            return argument.startsWith("/") && Files.isSameFile(Path.of(argument), data);
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    /** First as {@code pg_ctl stop -m fast} does, then as {@code -m immediate}: both leave a cluster that starts again. */
    private static void stop(ProcessHandle postmaster) throws IOException {
        signal(postmaster, "INT");
        if (ended(postmaster, FAST_SHUTDOWN)) {
            return;
        }
        signal(postmaster, "QUIT");
        if (!ended(postmaster, IMMEDIATE_SHUTDOWN)) {
            throw new IOException("the database server of an earlier run does not stop: process " + postmaster.pid());
        }
    }

    /** Java can only send TERM, which makes PostgreSQL wait for its clients. */
    private static void signal(ProcessHandle process, String signal) throws IOException {
        new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }

    private static boolean ended(ProcessHandle process, Duration limit) throws IOException {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("the end of process " + process.pid() + " could not be awaited", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for process " + process.pid(), e);
        }
    }
}
