package dev.holdfast.faults.table;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table: {@code | A1 | what happens | `TestClass#method`, `OtherTest` |}, or {@code not covered: reason} in the
 * last column.
 */
record FaultRow(String id, List<NamedTest> tests, boolean covered) {
    private static final Pattern ROW = Pattern.compile("\\|\\s*([A-HJ]\\d{1,2}[a-z]?)\\s*\\|(.*)\\|\\s*");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:#(\\w+))?`");

    /**
     * A test as the table names it.
     *
     * @param method none where every test of the class is meant
     */
    record NamedTest(String type, @Nullable String method) {
        boolean covers(NamedTest test) {
            return type.equals(test.type()) && (method == null || method.equals(test.method()));
        }

        @Override
        public String toString() {
            return method == null ? type : type + "#" + method;
        }
    }

    /** Every row of a page; other lines are prose, or the invariants I1 to I10. */
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
