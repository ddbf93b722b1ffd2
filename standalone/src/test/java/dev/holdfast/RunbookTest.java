package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the checklist of docs/runbook.md against the tests that it names. */
class RunbookTest {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT|E2E))\\.(\\w+)`");

    @Test
    void every_test_that_is_named_as_a_proof_exists() throws IOException {
        var proofs = NAMED_TEST
                .matcher(Files.readString(PROJECT.resolve("docs/runbook.md")))
                .results()
                .toList();

        assertThat(proofs)
                .hasSizeGreaterThan(10)
                .allSatisfy(proof -> assertThat(sources(proof.group(1)))
                        .as(proof.group())
                        .anyMatch(source -> source.contains("void " + proof.group(2) + "(")));
    }

    private static List<String> sources(String type) throws IOException {
        try (var modules = Files.list(PROJECT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(tests -> sources(tests, type))
                    .toList();
        }
    }

    private static Stream<String> sources(Path tests, String type) {
        try (var files = Files.find(tests, 12, (file, attributes) -> file.endsWith(type + ".java"))) {
            return files.map(RunbookTest::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
