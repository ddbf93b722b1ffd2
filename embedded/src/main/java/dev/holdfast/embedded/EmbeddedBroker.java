package dev.holdfast.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;

/**
 * An AMQP 0-9-1 broker (Apache Qpid Broker-J) inside this JVM, on 127.0.0.1 alone. It accepts RabbitMQ's queue arguments but does
 * not act on them: no dead-lettering by the broker, no delivery limit, no message TTL.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String USERNAME = "holdfast";

    private final SystemLauncher launcher;
    private final int port;
    private final String password;
    private final @Nullable Path temporaryDirectory;

    private EmbeddedBroker(SystemLauncher launcher, int port, String password, @Nullable Path temporaryDirectory) {
        this.launcher = launcher;
        this.port = port;
        this.password = password;
        this.temporaryDirectory = temporaryDirectory;
    }

    /** Starts a broker on a free port that forgets everything when it is closed. */
    public static EmbeddedBroker inMemory() {
        return inMemory(FreePort.find());
    }

    /** Starts a broker on this port that forgets everything when it is closed. */
    public static EmbeddedBroker inMemory(int port) {
        try {
            var directory = Files.createTempDirectory("holdfast-broker");
            return start(directory, "Memory", port, Passwords.random(), directory);
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for the embedded broker could be made", e);
        }
    }

    /**
     * Starts a broker that keeps its queues and persistent messages in a directory, also over a crash of this JVM.
     *
     * @param directory made where it is missing, readable by this user alone
     */
    public static EmbeddedBroker durable(Path directory, int port, String password) {
        try {
            Files.createDirectories(directory);
            return start(directory, "DERBY", port, password, null);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded broker's directory can't be used: " + directory, e);
        }
    }

    public int port() {
        return port;
    }

    public String username() {
        return USERNAME;
    }

    public String password() {
        return password;
    }

    /** Stops the broker; clients see their connections close. */
    @Override
    public void close() {
        launcher.shutdown();
        if (temporaryDirectory != null) {
            deleteTree(temporaryDirectory);
        }
    }

    private static EmbeddedBroker start(
            Path directory, String store, int port, String password, @Nullable Path temporaryDirectory)
            throws IOException {
        // Derby writes a log of its own into the working directory unless told otherwise, and only by a system
        // property.
        System.setProperty(
                "derby.stream.error.file", directory.resolve("derby.log").toString());
        // The configuration holds the password: private before the first byte is written, gone once the broker has read
        // it.
        var configuration = Files.createTempFile(
                "holdfast-broker",
                ".json",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var launcher = new SystemLauncher();
        try {
            Files.writeString(configuration, configuration(directory, store, port, password));
            launcher.startup(Map.of(
                    SystemConfig.TYPE,
                    "Memory",
                    SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                    configuration.toUri().toString(),
                    SystemConfig.CONTEXT,
                    Map.of("qpid.work_dir", directory.toString()),
                    SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                    false));
            if (!FreePort.isListening(port)) {
                throw new IOException("nothing listens on port " + port + " after the start");
            }
            return new EmbeddedBroker(launcher, port, password, temporaryDirectory);
        } catch (Exception e) {
            launcher.shutdown();
            throw new IllegalStateException("the embedded broker did not start on port " + port, e);
        } finally {
            Files.deleteIfExists(configuration);
        }
    }

    private static String configuration(Path directory, String store, int port, String password) {
        return """
               {"name": "holdfast", "modelVersion": "9.1",
                "context": {"queue.behaviourOnUnknownDeclareArgument": "IGNORE",
                            "exchange.behaviourOnUnknownDeclareArgument": "IGNORE"},
                "authenticationproviders": [
                  {"name": "plain", "type": "Plain", "secureOnlyMechanisms": [],
                   "users": [{"name": "%s", "type": "managed", "password": "%s"}]}],
                "ports": [
                  {"name": "AMQP", "port": %d, "bindingAddress": "127.0.0.1", "protocols": ["AMQP_0_9_1"],
                   "authenticationProvider": "plain",
                   "virtualhostaliases": [{"name": "nameAlias", "type": "nameAlias"},
                                          {"name": "defaultAlias", "type": "defaultAlias"}]}],
                "virtualhostnodes": [
                  {"name": "default", "type": "%s", "defaultVirtualHostNode": true%s,
                   "virtualHostInitialConfiguration": "{\\"type\\": \\"%s\\"%s}"}]}
               """.formatted(
                USERNAME,
                password,
                port,
                store,
                store.equals("DERBY") ? ", \"storePath\": " + quoted(directory.resolve("config"), 1) : "",
                store,
                store.equals("DERBY") ? ", \\\"storePath\\\": " + quoted(directory.resolve("messages"), 2) : "");
    }

    /** A path as a JSON string; at level 2 inside a JSON string itself. */
    private static String quoted(Path path, int level) {
        var quoted = '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        return level == 1 ? quoted : quoted.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static void deleteTree(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                    Files.delete(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded broker's directory could not be deleted", e);
        }
    }
}
