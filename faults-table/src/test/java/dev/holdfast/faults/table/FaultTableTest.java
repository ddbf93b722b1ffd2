package dev.holdfast.faults.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.faults.table.FaultRow.NamedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultTableTest {
    @TempDir
    Path repository;

    @Test
    void rows_are_told_from_prose_and_headings() {
        var rows = FaultRow.read("""
                # Faults
                | I1 | an invariant is no row |
                Row A1 is one.
                | # | what | proven by |
                |---|---|---|
                | A1 | the broker is down | `BrokerIT#is_down`, `RelayTest#waits` |
                | C14 | two releases | not covered: there is one release |
                """);

        assertThat(rows).extracting(FaultRow::id).containsExactly("A1", "C14");
        assertThat(rows.getFirst().tests())
                .containsExactly(new NamedTest("BrokerIT", "is_down"), new NamedTest("RelayTest", "waits"));
        assertThat(rows.getLast().covered()).isFalse();
    }

    @Test
    void a_row_that_names_no_test_must_say_why() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultRow.read("| A1 | the broker is down | later |"))
                .withMessageContaining("A1");
    }

    @Test
    void a_row_survives_when_all_its_tests_have_passed() throws IOException {
        report("""
                <testcase name="is_down(Step, Installation)[1]" classname="dev.holdfast.BrokerIT"/>
                <testcase name="is_down(Step, Installation)[2]" classname="dev.holdfast.BrokerIT"/>
                <testcase name="waits" classname="dev.holdfast.RelayTest"/>""");

        assertThat(verdict("`BrokerIT#is_down` `RelayTest#waits`")).isEqualTo("survived");
    }

    @Test
    void a_class_stands_for_every_test_of_it_and_of_those_within() throws IOException {
        report("""
                <testcase name="is_down" classname="dev.holdfast.BrokerIT$Rights"/>
                <testcase name="is_up" classname="dev.holdfast.BrokerIT"><failure/></testcase>""");

        assertThat(verdict("`BrokerIT#is_down`")).isEqualTo("survived");
        assertThat(verdict("`BrokerIT`")).isEqualTo("FAILED");
    }

    @Test
    void one_failure_among_the_parameters_fails_the_row() throws IOException {
        report("""
                <testcase name="is_down{Step}[1]" classname="dev.holdfast.BrokerIT"/>
                <testcase name="is_down{Step}[2]" classname="dev.holdfast.BrokerIT"><error type="x">no</error></testcase>""");

        assertThat(verdict("`BrokerIT#is_down`")).isEqualTo("FAILED");
    }

    @Test
    void what_was_skipped_or_is_not_in_any_report_was_not_run() throws IOException {
        report("""
                <testcase name="is_down" classname="dev.holdfast.BrokerIT"><skipped/></testcase>""");

        assertThat(verdict("`BrokerIT#is_down`")).isEqualTo("not run");
        assertThat(verdict("`OtherIT#is_up`")).isEqualTo("not run");
    }

    @Test
    void a_report_of_an_earlier_build_does_not_count() throws IOException {
        var report = report("""
                <testcase name="is_down" classname="dev.holdfast.BrokerIT"/>""");
        var later = Files.getLastModifiedTime(report).toInstant().plusSeconds(1);

        assertThat(TestReports.of(repository, later).verdict(row("`BrokerIT#is_down`")))
                .isEqualTo("not run");
    }

    @Test
    void a_test_is_found_in_its_class_or_in_the_contract_that_it_keeps() throws IOException {
        var tests = Files.createDirectories(repository.resolve("module/src/test/java/dev"));
        Files.writeString(tests.resolve("BrokerIT.java"), "class BrokerIT extends Contract { void is_down() {} }");
        Files.writeString(tests.resolve("Contract.java"), "class Contract { void is_kept() {} }");

        var sources = TestSources.of(repository);

        assertThat(sources.has(new NamedTest("BrokerIT", "is_down"))).isTrue();
        assertThat(sources.has(new NamedTest("BrokerIT", "is_kept"))).isTrue();
        assertThat(sources.has(new NamedTest("BrokerIT", "is_up"))).isFalse();
        assertThat(sources.has(new NamedTest("OtherIT", "is_down"))).isFalse();
    }

    private String verdict(String tests) throws IOException {
        return TestReports.of(repository, Instant.EPOCH).verdict(row(tests));
    }

    private static FaultRow row(String tests) {
        return FaultRow.read("| A1 | a fault | " + tests + " |").getFirst();
    }

    private Path report(String cases) throws IOException {
        var reports = Files.createDirectories(repository.resolve("module/target/failsafe-reports"));
        return Files.writeString(reports.resolve("TEST-a.xml"), "<testsuite>" + cases + "</testsuite>");
    }
}
