package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A program that has ended.
 *
 * @param output what it wrote to both of its streams
 */
record Command(List<String> words, int exitCode, String output) {

    static Command run(Map<String, String> environment, List<String> words) {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().retainAll(List.of("HOME", "PATH", "DOCKER_HOST", "LC_ALL"));
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Command(words, process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Command docker(String... words) {
        return run(
                Map.of(),
                java.util.stream.Stream.concat(java.util.stream.Stream.of("docker"), java.util.stream.Stream.of(words))
                        .toList());
    }

    /** This command, which must have ended well. */
    Command succeeded() {
        assertThat(exitCode).as("%s%n%s", words, output).isZero();
        return this;
    }

    /** This command, which must have failed. */
    Command failed() {
        assertThat(exitCode).as("%s%n%s", words, output).isNotZero();
        return this;
    }
}
