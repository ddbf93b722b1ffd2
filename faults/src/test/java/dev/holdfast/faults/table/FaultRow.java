package dev.holdfast.faults.table;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A line of the table: {@code | A1 | what happens | `TestClass#method`, `OtherClass#method` |}, or {@code not covered: reason} in the
 * last column.
 */
record FaultRow(String id, List<NamedTest> tests, boolean covered) {
    private static final Pattern ROW = Pattern.compile("\\|\\s*([A-HJ]\\d{1,2}[a-z]?)\\s*\\|(.*)\\|\\s*");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    /** A test as the table names it. */
    record NamedTest(String type, String method) {
        @Override
        public String toString() {
            return type + "#" + method;
        }
    }

    /** Every row of a page; other lines are prose. */
    static List<FaultRow> read(String markdown) {
        return markdown.lines().map(FaultRow::row).flatMap(Optional::stream).toList();
    }

    private static Optional<FaultRow> row(String line) {
        var row = ROW.matcher(line);
        if (!row.matches()) {
            return Optional.empty();
        }
        var tests = TEST.matcher(row.group(2)).results().map(FaultRow::test).toList();
        boolean covered = !row.group(2).contains("not covered:");
        if (covered == tests.isEmpty()) {
            throw new IllegalArgumentException("a row names tests, or says why it is not covered: " + line);
        }
        return Optional.of(new FaultRow(row.group(1), tests, covered));
    }

    private static NamedTest test(MatchResult found) {
        return new NamedTest(found.group(1), found.group(2));
    }
}
