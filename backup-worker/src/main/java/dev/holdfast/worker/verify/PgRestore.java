package dev.holdfast.worker.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.dump.ToolFailures;
import dev.holdfast.worker.dump.ToolLauncher;
import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The tool that will one day restore the archive, reading it into nothing: no shell, no connection, no environment of ours. */
final class PgRestore {
    private static final int MOST_ERROR_TEXT = 8 * 1024;
    /** Beyond this an exit code names a signal (POSIX shells, and how the JDK reports it). */
    private static final int SIGNAL_BASE = 128;

    private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "PATH", "/usr/bin:/bin");

    private final ToolLauncher launcher;
    private final PgClient client;
    private final StopSignal stop;

    private PgRestore(ToolLauncher launcher, PgClient client, StopSignal stop) {
        this.launcher = launcher;
        this.client = client;
        this.stop = stop;
    }

    static PgRestore of(ToolLauncher launcher, @Nullable PgClient client, Path archive, StopSignal stop) {
        if (client == null) {
            throw BackupException.of(
                    FailureCode.TOOL_MISSING,
                    "there is no pg_restore to read %s with".formatted(archive.getFileName()),
                    "a backup of a database is verified with the client that dumped it",
                    Map.of());
        }
        return new PgRestore(launcher, client, stop);
    }

    /** Turns the whole archive into SQL and throws it away: every entry is read and uncompressed. */
    void readThrough(Path archive) {
        run(archive, "--file=/dev/null");
    }

    /** Reads the table of contents alone. */
    void list(Path archive) {
        run(archive, "--list");
    }

    private void run(Path archive, String what) {
        stop.check();
        var process = start(archive, what);
        try (var hook = stop.onStop(() -> kill(process))) {
            var errors = CompletableFuture.supplyAsync(() -> drain(process.getErrorStream()), PgRestore::onOwnThread);
            int exitCode = process.waitFor();
            var text = errors.join();
            stop.check();
            if (exitCode != 0) {
                throw Invalid.artifact(archive, "%s: %s".formatted(ending(exitCode), text.strip()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Invalid.artifact(archive, "the check was interrupted", e);
        } finally {
            kill(process);
        }
    }

    private Process start(Path archive, String what) {
        if (!Files.isExecutable(client.pgRestore())) {
            throw ToolFailures.missing(client.pgRestore(), client.majorVersion(), "it is gone, or may not be executed");
        }
        var command = List.of(
                client.pgRestore().toString(), what, archive.toAbsolutePath().toString());
        try {
            return launcher.start(command, ENVIRONMENT, ProcessBuilder.Redirect.DISCARD);
        } catch (IOException e) {
            throw ToolFailures.notStarted(client.pgRestore(), client.majorVersion(), e);
        }
    }

    private String ending(int exitCode) {
        return exitCode > SIGNAL_BASE
                ? "pg_restore %s was ended by signal %d".formatted(client.version(), exitCode - SIGNAL_BASE)
                : "pg_restore %s ended with exit code %d".formatted(client.version(), exitCode);
    }

    /** To the end, so that the tool never waits for us; only the beginning is kept. */
    private static String drain(InputStream errors) {
        try (errors) {
            var kept = errors.readNBytes(MOST_ERROR_TEXT);
            errors.transferTo(OutputStream.nullOutputStream());
            return new String(kept, UTF_8);
        } catch (IOException e) {
            // Killing the tool closes the stream: what it said no longer counts.
            return "";
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void onOwnThread(Runnable work) {
        Thread.ofVirtual().name("pg_restore-stderr").start(work);
    }
}
