package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Holdfast in a JVM of its own, so that a test can kill it. */
final class ChildInstance implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Path data;
    private final Process process;
    private final int port;

    private ChildInstance(Path data, Process process, int port) {
        this.data = data;
        this.process = process;
        this.port = port;
    }

    static ChildInstance start(Path data) throws IOException {
        int port = FreePort.find();
        var state = data.resolve("run").resolve("state");
        Files.deleteIfExists(state);
        var process = launch(data, port);
        await().atMost(START_LIMIT).until(() -> !process.isAlive() || isSettled(state));
        assertThat(state).content().startsWith("ready");
        return new ChildInstance(data, process, port);
    }

    /** Without waiting for anything. */
    static Process launch(Path data, int port) throws IOException {
        Files.createDirectories(data);
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Standalone.class.getName(),
                "--data=" + data,
                "--port=" + port);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("console.log").toFile())
                .start();
    }

    private static boolean isSettled(Path state) throws IOException {
        return Files.exists(state) && Files.readString(state).matches("(ready|failed)(?s:.*)");
    }

    int port() {
        return port;
    }

    /** What the command line of this machine is let in with. */
    String token() {
        try {
            return Files.readString(data.resolve("keys").resolve("local-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process process() {
        return process;
    }

    RestClient rest() {
        return new RestClient("http://127.0.0.1:" + port, token());
    }

    /** As {@code kill -9} does: nothing of it gets a chance to clean up. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());
    }
}
