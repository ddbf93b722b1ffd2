package dev.holdfast.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A whole Holdfast with data of its own, in a JVM of its own, as {@code ./holdfast up} starts it. */
final class Product implements AutoCloseable {
    private static final Path JAR = Path.of("..", "standalone", "target", "standalone.jar")
            .toAbsolutePath()
            .normalize();
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Process process;
    private final Path data;
    private final int port;

    private Product(Process process, Path data, int port) {
        this.process = process;
        this.data = data;
        this.port = port;
    }

    static Product start(Path data) throws IOException {
        return start(data, Map.of());
    }

    /** @param settings as somebody sets them in the environment of {@code ./holdfast up} */
    static Product start(Path data, Map<String, String> settings) throws IOException {
        int port = FreePort.find();
        var state = data.resolve("run").resolve("state");
        Files.createDirectories(data);
        var said = data.resolve("console.log");
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx448m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-BytecodeVerificationRemote",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        JAR.toString(),
                        "--data=" + data,
                        "--port=" + port))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(settings);
        var process = builder.start();
        await().atMost(START_LIMIT).until(() -> !process.isAlive() || isSettled(state));
        assertThat(state).as(Files.readString(said)).content().startsWith("ready");
        return new Product(process, data, port);
    }

    private static boolean isSettled(Path state) throws IOException {
        return Files.exists(state) && Files.readString(state).matches("(ready|failed)(?s:.*)");
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** The path by which the first administrator comes in, while there is none. */
    String firstRun() throws IOException {
        return Files.readString(data.resolve("keys/first-run")).strip();
    }

    /** What it keeps: state, keys, backups. */
    Path data() {
        return data;
    }

    @Override
    public void close() {
        process.destroy();
        await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());
    }
}
