package dev.holdfast.worker.storage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/**
 * Runs a main class of the tests as uid and gid 1001: root, as which the tests may run, is refused nothing. Takes a copy of the class
 * path along, since that lies in directories which another user may not enter.
 */
public final class OtherUser {
    private static final Pattern NEEDED = Pattern.compile(
            ".*(common|jackson|java-uuid-generator|zstd-jni|commons-|slf4j-api|jspecify|spring-|postgresql-4|micrometer-).*\\.jar");

    private final Path classes;

    private OtherUser(Path classes) {
        this.classes = classes;
    }

    /** Skips the test where this user may not become another one. */
    public static OtherUser in(Path directory) throws IOException, InterruptedException {
        assumeTrue(
                Command.run("setpriv", "--reuid", "1001", "--regid", "1001", "--clear-groups", "true")
                                .exitCode()
                        == 0,
                "this user may not become another one");
        open(directory);
        var classes = Files.createDirectory(directory.resolve("class-path"));
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var path = Path.of(entry);
            if (Files.isDirectory(path)) {
                FileSystemUtils.copyRecursively(path, classes);
            } else if (NEEDED.matcher(entry).matches()) {
                Files.copy(path, classes.resolve(path.getFileName()));
            }
        }
        Command.run("chmod", "-R", "a+rX", classes.toString());
        return new OtherUser(classes);
    }

    /** Lets everybody pass through a directory of the tests'. */
    public static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public Command java(Class<?> main, Object... arguments) throws IOException, InterruptedException {
        return run(List.of(), main, arguments);
    }

    /** The same with each of these system calls failing. */
    Command traced(String calls, String errno, Class<?> main, Object... arguments)
            throws IOException, InterruptedException {
        var tracer = List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + calls,
                "-e",
                "inject=" + calls + ":error=" + errno);
        return run(tracer, main, arguments);
    }

    private Command run(List<String> prefix, Class<?> main, Object... arguments)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(prefix);
        words.addAll(List.of("setpriv", "--reuid", "1001", "--regid", "1001", "--clear-groups"));
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                classes + File.pathSeparator + classes + "/*",
                main.getName()));
        for (var argument : arguments) {
            words.add(argument.toString());
        }
        return Command.run(words.toArray(String[]::new));
    }
}
