package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of docs/examples that runs, with no more of this process's environment than a shell has. */
final class ExampleProgram implements AutoCloseable {
    private static final Path EXAMPLES =
            Path.of("..", "docs", "examples").toAbsolutePath().normalize();

    private final Process process;
    private final Path output;
    private final Path errors;

    private ExampleProgram(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    static Path file(String name) {
        return EXAMPLES.resolve(name);
    }

    /** Starts a program in a directory, where its output is kept as well. */
    static ExampleProgram start(Path directory, Map<String, String> settings, List<String> command) throws IOException {
        var output = Files.createTempFile(directory, "output", ".txt");
        var errors = Files.createTempFile(directory, "errors", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().keySet().retainAll(List.of("HOME", "PATH", "LC_ALL"));
        builder.environment().putAll(settings);
        return new ExampleProgram(builder.start(), output, errors);
    }

    /** Waits for its end and returns its exit code. */
    int exitCode(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("it ends within %s; %s", limit, this)
                .isTrue();
        return process.exitValue();
    }

    String output() {
        return read(output);
    }

    String errors() {
        return read(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public String toString() {
        return "output: %s%nerrors: %s".formatted(output(), errors());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
