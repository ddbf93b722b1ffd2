package dev.holdfast.worker.dump.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs the installed client tools against a test's server. */
record PgTools(Path directory, EmbeddedPostgres server) {

    /** The newest client whose archives can be repacked. */
    static Optional<Path> find() {
        return IntStream.of(15, 14, 13, 12)
                .filter(ArchiveVersion::writtenBy)
                .mapToObj(major -> Path.of("/usr/lib/postgresql/%d/bin".formatted(major)))
                .filter(bin -> Files.isExecutable(bin.resolve("pg_dump")))
                .findFirst();
    }

    ProcessBuilder command(String tool, String... arguments) {
        var command = new ArrayList<>(List.of(directory.resolve(tool).toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().put("PGHOST", "127.0.0.1");
        builder.environment().put("PGPORT", String.valueOf(server.port()));
        builder.environment().put("PGUSER", server.username());
        builder.environment().put("PGPASSWORD", server.password());
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    void run(String tool, String... arguments) throws IOException, InterruptedException {
        var process = command(tool, arguments).inheritIO().start();
        assertThat(process.waitFor())
                .as("exit code of %s %s", tool, List.of(arguments))
                .isZero();
    }

    /** The lines that a tool writes, but for those that differ at each run. */
    List<String> lines(String tool, String... arguments) throws IOException, InterruptedException {
        var process = command(tool, arguments).start();
        try (Stream<String> lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
            var kept =
                    lines.filter(line -> !line.matches("\\\\(un)?restrict .*")).toList();
            assertThat(process.waitFor())
                    .as("exit code of %s %s", tool, List.of(arguments))
                    .isZero();
            return kept;
        }
    }
}
