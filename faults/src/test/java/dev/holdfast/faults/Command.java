package dev.holdfast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
record Command(int exitCode, String output) {
    private static final long LIMIT_SECONDS = 120;

    static Command run(String... command) {
        return run(List.of(command));
    }

    static Command run(List<String> command) {
        return run(new ProcessBuilder(command));
    }

    /** In a directory, with these variables alone and where programs and the user's own directory are. */
    static Command run(List<String> command, Path directory, Map<String, String> environment) {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().retainAll(List.of("HOME", "PATH"));
        builder.environment().putAll(environment);
        return run(builder);
    }

    private static Command run(ProcessBuilder builder) {
        try {
            var process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("does not end: " + builder.command());
            }
            return new Command(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Its output, where it ended well. */
    String succeeded() {
        if (exitCode != 0) {
            throw new AssertionError("exit code " + exitCode + ": " + output);
        }
        return output;
    }
}
