package dev.holdfast.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.embedded.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One service as a process of its own, with networks of its own to the broker and to its database. Its port, name and log stay the
 * same however often it dies.
 */
final class ServiceProcess implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final Duration START = Duration.ofMinutes(2);

    private final String name;
    private final String module;
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> jvmOptions = new ArrayList<>(List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError"));
    private final List<String> prefix = new ArrayList<>();
    private final FaultProxy broker;
    private final FaultProxy database;
    private final int port = FreePort.find();
    private @Nullable Process process;

    ServiceProcess(String name, String module, Path directory, Map<String, String> environment, Servers servers) {
        this.name = name;
        this.module = module;
        this.directory = directory;
        broker = FaultProxy.to(servers.broker().host(), servers.broker().port());
        database = FaultProxy.to(servers.database().host(), servers.database().port());
        this.environment.put("LC_ALL", "C.UTF-8");
        this.environment.put("SERVER_PORT", Integer.toString(port));
        this.environment.put("SPRING_RABBITMQ_HOST", "127.0.0.1");
        this.environment.put("SPRING_RABBITMQ_PORT", Integer.toString(broker.port()));
        this.environment.putAll(environment);
    }

    /** Sets a variable of its environment from its next start on. */
    ServiceProcess set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Adds options of its JVM from its next start on; later ones win. */
    ServiceProcess jvm(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /** Puts a command before {@code java}, such as {@code prlimit --nofile=64}, which must become it by exec. */
    ServiceProcess under(String... command) {
        prefix.addAll(List.of(command));
        return this;
    }

    /** The network between this service and the broker. */
    FaultProxy broker() {
        return broker;
    }

    /** The network between this service and its own database. */
    FaultProxy database() {
        return database;
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    /** Starts it, unless it runs, and does not wait for it. */
    ServiceProcess start() {
        if (isAlive()) {
            return this;
        }
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Program.of(module, directory, environment).arguments(jvmOptions));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        builder.environment().keySet().retainAll(List.of("HOME", "PATH"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Waits until it says that it is ready. */
    ServiceProcess awaitReady() {
        await("readiness of " + name).atMost(START).until(() -> {
            assertThat(isAlive())
                    .as(() -> name + " has ended: " + lastLines(20))
                    .isTrue();
            return isReady();
        });
        return this;
    }

    boolean isReady() {
        return status("/actuator/health/readiness") == 200;
    }

    boolean isLive() {
        return status("/actuator/health/liveness") == 200;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    long pid() {
        return Objects.requireNonNull(process).pid();
    }

    /** Waits for its death and returns the exit code. */
    int awaitDeath(Duration limit) {
        try {
            var dying = Objects.requireNonNull(process);
            assertThat(dying.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as(() -> name + " still lives after " + limit + ": " + lastLines(20))
                    .isTrue();
            return dying.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** {@code kill -9}. */
    void kill() {
        if (isAlive()) {
            signal("KILL");
            awaitDeath(Duration.ofSeconds(10));
        }
    }

    /** {@code kill}, as {@code docker stop} does it; does not wait. */
    void terminate() {
        signal("TERM");
    }

    void freeze() {
        signal("STOP");
    }

    /** Waits until somebody has frozen it. */
    void awaitFrozen() {
        await("the freeze of " + name)
                .atMost(START)
                .until(() -> Files.readString(Path.of("/proc/" + pid() + "/stat"))
                        .replaceFirst(".*\\) ", "")
                        .startsWith("T"));
    }

    void thaw() {
        if (isAlive()) {
            signal("CONT");
        }
    }

    private void signal(String signal) {
        Command.run("kill", "-" + signal, Long.toString(pid())).succeeded();
    }

    /** Limits its open files to what is open now, and so many more. */
    void limitFilesToNowAnd(int more) {
        try (var open = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
            limitFiles(Long.toString(open.count() + more));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The soft limit alone: not every root may raise the hard one again. */
    void limitFiles(String limit) {
        Command.run("prlimit", "--pid", Long.toString(pid()), "--nofile=" + limit + ":")
                .succeeded();
    }

    Path logFile() {
        return directory.resolve(name + ".log");
    }

    /** All that it has ever said. */
    String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String lastLines(int count) {
        var lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    /** Both of its networks work as they should. */
    void heal() {
        broker.heal();
        database.heal();
        thaw();
    }

    @Override
    public void close() {
        heal();
        kill();
        broker.close();
        database.close();
    }

    private int status(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(15))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
