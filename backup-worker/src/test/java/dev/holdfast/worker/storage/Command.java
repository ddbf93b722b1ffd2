package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A program that a test runs to its end.
 *
 * @param output both of its streams
 */
public record Command(int exitCode, String output) {

    public static Command run(String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Command(process.waitFor(), output);
    }
}
