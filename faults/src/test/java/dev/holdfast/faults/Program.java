package dev.holdfast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A service as it is started here, again and again: its jar unpacked, with an archive of the classes that a start loads, which takes
 * less than half the processor time.
 */
record Program(Path jar, Path classes) {
    /** What both the archive and its use must be given. */
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:cds*=off");

    /** The program of a service, made by whichever JVM of this build needs it first. */
    static synchronized Program of(String module) {
        var packed = Jars.of(module);
        var directory = Path.of("target", "programs").toAbsolutePath();
        var program = new Program(
                directory.resolve(module).resolve(packed.getFileName()), directory.resolve(module + ".jsa"));
        try {
            Files.createDirectories(directory);
            try (var lock =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                if (!program.isOf(packed)) {
                    program.make(packed);
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

    private boolean isOf(Path packed) throws IOException {
        return Files.exists(classes)
                && Files.getLastModifiedTime(classes).compareTo(Files.getLastModifiedTime(packed)) > 0;
    }

    private void make(Path packed) throws IOException {
        FileSystemUtils.deleteRecursively(jar.getParent());
        Files.deleteIfExists(classes);
        java(List.of(
                        "-Djarmode=tools",
                        "-jar",
                        packed.toString(),
                        "extract",
                        "--destination",
                        jar.getParent().toString()))
                .succeeded();
        // It finds no database and ends, with most of its classes loaded, and nothing done.
        java(Stream.of(
                        JVM,
                        List.of("-XX:ArchiveClassesAtExit=" + classes, "-jar", jar.toString()),
                        List.of(
                                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
                                "--spring.datasource.hikari.connection-timeout=250",
                                "--holdfast.storage.root=" + jar.resolveSibling("backups"),
                                "--server.port=0"))
                .flatMap(List::stream)
                .toList());
        if (!Files.exists(classes)) {
            throw new IllegalStateException("the start of " + jar + " left no archive of its classes");
        }
    }

    private static Command java(List<String> arguments) {
        return Command.run(Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        arguments.stream())
                .toList());
    }
}
