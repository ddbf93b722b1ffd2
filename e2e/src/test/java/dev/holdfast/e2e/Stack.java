package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One installation of the Compose stack, with a project, a port and a {@code .env} of its own, driven by the launcher. */
final class Stack implements AutoCloseable {
    /** Two tags of the same sources, so that one can be deployed after the other and rolled back. */
    static final String VERSION = "e2e-1";

    static final String NEXT_VERSION = "e2e-2";

    /**
     * What starts often and lives for minutes has no use for the second compiler, which takes half of its processor time, nor for a
     * look at every class that a compiler has written.
     */
    private static final String JAVA_SETTINGS = "JDK_JAVA_OPTIONS=-XX:TieredStopAtLevel=1"
            + " -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote\n";

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> BUILT = new HashSet<>();

    private final String project;
    private final Path environmentFile;
    private final int port = freePort();
    private final Alerts alerts = new Alerts();
    private final Rest rest;

    private Stack(String project, Path directory) {
        this.project = project;
        this.environmentFile = directory.resolve("env");
        this.rest = new Rest(port, environmentFile);
    }

    /** Sets an installation up without starting anything; what an earlier run of this project left behind goes. */
    static Stack prepare(String project, Path directory) {
        var stack = new Stack(project, directory);
        try {
            Files.writeString(stack.environmentFile, JAVA_SETTINGS + stack.alerts.settings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stack.remove();
        for (var version : List.of(VERSION, NEXT_VERSION)) {
            stack.buildOnce(version);
        }
        return stack;
    }

    /** Deploys, and starts a database to back up. */
    Shop start() {
        holdfast("deploy", VERSION).succeeded();
        return Shop.start(project);
    }

    Command holdfast(String... words) {
        var command = new ArrayList<>(List.of(TOP.resolve("holdfast").toString()));
        command.addAll(Arrays.asList(words));
        return Command.run(environment(), command);
    }

    Command backupByCommandLine() {
        var password = URLEncoder.encode(Shop.PASSWORD, StandardCharsets.UTF_8).replace("+", "%20");
        return holdfast(
                "backup",
                "postgresql://postgres:%s@%s:5432/shop".formatted(password, Shop.HOST),
                "--wait",
                "--api",
                "http://127.0.0.1:" + port);
    }

    /** As a person would type it after {@code ./holdfast deploy}. */
    Command compose(String... words) {
        var command = new ArrayList<>(List.of(
                "docker", "compose", "--project-directory", TOP.toString(), "--env-file", environmentFile.toString()));
        command.addAll(Arrays.asList(words));
        return Command.run(environment(), command);
    }

    /** A shell command of a remedy, with the launcher where the sources lie. */
    Command shell(String line) {
        return Command.run(environment(), List.of("bash", "-c", "cd \"$0\" && " + line, TOP.toString()));
    }

    Command inWorker(String... words) {
        var command = new ArrayList<>(List.of("exec", "-T", "backup-worker"));
        command.addAll(Arrays.asList(words));
        return compose(command.toArray(String[]::new));
    }

    /** What an administrator could do to the worker's mounts while it runs. */
    Command inMountsOfWorker(String command) {
        var process = Command.docker("inspect", "-f", "{{.State.Pid}}", container("backup-worker"))
                .succeeded()
                .output()
                .strip();
        return shell("nsenter --target %s --all %s".formatted(process, command));
    }

    /** Whatever a root user could do on the volume, from a container of its own. */
    Command onVolume(String script) {
        return Command.docker(
                "run",
                "--rm",
                "--user",
                "0:0",
                "--network",
                "none",
                "--mount",
                "type=volume,source=" + volume() + ",target=/v,volume-nocopy",
                "--entrypoint",
                "bash",
                "postgres:17",
                "-ec",
                "cd /v; " + script);
    }

    /** Makes the volume before the stack does, as Docker labels its own. */
    void createVolume(String... options) {
        var command = new ArrayList<>(List.of(
                "volume",
                "create",
                "--label",
                "com.docker.compose.project=" + project,
                "--label",
                "com.docker.compose.volume=backup_files"));
        command.addAll(Arrays.asList(options));
        command.add(volume());
        Command.docker(command.toArray(String[]::new)).succeeded();
    }

    /** Puts another volume under the worker; the worker is not running afterwards. */
    void replaceVolume(String... options) {
        compose("rm", "-sf", "backup-worker").succeeded();
        Command.docker("volume", "rm", volume()).succeeded();
        createVolume(options);
    }

    String volume() {
        return project + "_backup_files";
    }

    String project() {
        return project;
    }

    Rest rest() {
        return rest;
    }

    Alerts alerts() {
        return alerts;
    }

    String container(String service) {
        return compose("ps", "-aq", service).succeeded().output().strip();
    }

    String environmentText() {
        try {
            return Files.readString(environmentFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "COMPOSE_PROJECT_NAME",
                project,
                "HOLDFAST_ENV_FILE",
                environmentFile.toString(),
                "HOLDFAST_PORT",
                Integer.toString(port),
                "HOLDFAST_BUILD",
                "never",
                "VERSION",
                VERSION);
    }

    /** From the jars that this very build has made; once is enough for all classes. */
    private void buildOnce(String version) {
        if (BUILT.add(version)) {
            holdfast("deploy", "--build-only", version).succeeded();
        }
    }

    private void remove() {
        Command.docker("rm", "-f", "-v", project + "-shop");
        if (Files.exists(environmentFile)) {
            compose("down", "--volumes", "--timeout", "5");
        }
        var left = Command.docker("ps", "-aq", "--filter", "label=com.docker.compose.project=" + project)
                .succeeded()
                .output();
        left.lines().forEach(id -> Command.docker("rm", "-f", "-v", id));
        Command.docker("volume", "ls", "-q", "--filter", "label=com.docker.compose.project=" + project)
                .output()
                .lines()
                .forEach(name -> Command.docker("volume", "rm", "-f", name));
        assertThat(Command.docker("volume", "ls", "-q").output()).doesNotContain(volume());
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        remove();
        alerts.close();
    }
}
