package dev.holdfast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A service as it is started here, again and again: its jar unpacked, with an archive of the classes that a start loads, which takes
 * less than half the processor time.
 */
record Program(Path jar, Path classes) {
    /** What both the archive and its use must be given. */
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:cds*=off");

    /**
     * The program of a service, made by whichever JVM of this build needs it first.
     *
     * @param directory to start it in, for the start that tells which classes are loaded
     * @param environment with all that it needs to start
     */
    static synchronized Program of(String module, Path directory, Map<String, String> environment) {
        var packed = Jars.of(module);
        var programs = Path.of("target", "programs").toAbsolutePath();
        var program =
                new Program(programs.resolve(module).resolve(packed.getFileName()), programs.resolve(module + ".jsa"));
        try {
            Files.createDirectories(programs);
            try (var lock =
                    FileChannel.open(programs.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                if (!program.isOf(packed)) {
                    program.make(packed, directory, environment);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return program;
    }

    /** The arguments of {@code java} that start it; further options of the JVM win over those before. */
    List<String> arguments(List<String> more) {
        return Stream.of(JVM, more, List.of("-XX:SharedArchiveFile=" + classes, "-jar", jar.toString()))
                .flatMap(List::stream)
                .toList();
    }

    /** Whether it was made, to the end, of what the build has now; the time of a jar tells nothing, each is built with the same. */
    private boolean isOf(Path packed) throws IOException {
        return Files.exists(madeOf()) && Files.mismatch(madeOf(), packed) < 0;
    }

    private Path madeOf() {
        return classes.resolveSibling(classes.getFileName() + ".of");
    }

    private void make(Path packed, Path directory, Map<String, String> environment) throws IOException {
        FileSystemUtils.deleteRecursively(jar.getParent());
        Files.deleteIfExists(classes);
        Files.deleteIfExists(madeOf());
        Command.run(List.of(
                        java(),
                        "-Djarmode=tools",
                        "-jar",
                        packed.toString(),
                        "extract",
                        "--destination",
                        jar.getParent().toString()))
                .succeeded();
        // It has everything in its hands when it ends, and has begun nothing.
        var start = Stream.of(
                        List.of(java()),
                        JVM,
                        List.of(
                                "-XX:ArchiveClassesAtExit=" + classes,
                                "-Dspring.context.exit=onRefresh",
                                "-jar",
                                jar.toString()))
                .flatMap(List::stream)
                .toList();
        Command.run(start, directory, environment).succeeded();
        if (!Files.exists(classes)) {
            throw new IllegalStateException("the start of " + jar + " left no archive of its classes");
        }
        Files.copy(packed, madeOf());
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
