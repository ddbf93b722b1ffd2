package dev.holdfast.faults.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runs after all others: prints how each row of docs/faults.md has fared in this build, and fails where one did not survive. */
class FaultTableIT {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @Test
    void every_row_names_tests_that_exist_and_have_not_failed() throws IOException {
        var rows = FaultRow.read(Files.readString(REPOSITORY.resolve("docs/faults.md")));
        var started = Instant.parse(System.getProperty("holdfast.faults.build-started", Instant.EPOCH.toString()));
        var reports = TestReports.of(REPOSITORY, started);

        var byVerdict = new TreeMap<String, List<String>>(rows.stream()
                .collect(Collectors.groupingBy(
                        reports::verdict, Collectors.mapping(FaultRow::id, Collectors.toList()))));
        rows.forEach(row -> System.out.println(row.id() + " " + reports.verdict(row)));
        System.out.println("survived %d / total %d: %s"
                .formatted(byVerdict.getOrDefault("survived", List.of()).size(), rows.size(), byVerdict));

        var sources = TestSources.of(REPOSITORY);
        assertThat(rows).isNotEmpty();
        assertThat(rows.stream().flatMap(row -> row.tests().stream()))
                .as("the tests that docs/faults.md names")
                .allMatch(sources::has);
        assertThat(byVerdict.getOrDefault("FAILED", List.of()))
                .as("rows that failed")
                .isEmpty();
    }
}
