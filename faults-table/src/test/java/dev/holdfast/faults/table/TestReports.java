package dev.holdfast.faults.table;

import dev.holdfast.faults.table.FaultRow.NamedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** What Surefire and Failsafe have written about each test of a build. */
record TestReports(Map<NamedTest, Set<Result>> results) {
    /** How a test went; one with parameters may have gone in several ways. */
    enum Result {
        PASSED,
        FAILED,
        SKIPPED
    }

    /** Reads the reports of all modules that are not older than the build. */
    static TestReports of(Path repository, Instant buildStarted) throws IOException {
        var results = new HashMap<NamedTest, Set<Result>>();
        for (var report : reports(repository)) {
            if (!Files.getLastModifiedTime(report).toInstant().isBefore(buildStarted)) {
                read(report, results);
            }
        }
        return new TestReports(results);
    }

    /** How a row fares by the tests that it names. */
    String verdict(FaultRow row) {
        if (!row.covered()) {
            return "not covered";
        }
        var went = row.tests().stream().map(this::results).toList();
        if (went.stream().anyMatch(result -> result.contains(Result.FAILED))) {
            return "FAILED";
        }
        return went.stream().allMatch(result -> result.contains(Result.PASSED)) ? "survived" : "not run";
    }

    private Set<Result> results(NamedTest named) {
        return results.entrySet().stream()
                .filter(entry -> named.covers(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toSet());
    }

    private static List<Path> reports(Path repository) throws IOException {
        var reports = new ArrayList<Path>();
        try (var modules = Files.newDirectoryStream(repository, Files::isDirectory)) {
            for (var module : modules) {
                for (var kind : List.of("surefire-reports", "failsafe-reports")) {
                    var directory = module.resolve("target").resolve(kind);
                    if (Files.isDirectory(directory)) {
                        try (var files = Files.newDirectoryStream(directory, "TEST-*.xml")) {
                            files.forEach(reports::add);
                        }
                    }
                }
            }
        }
        return reports;
    }

    private static void read(Path report, Map<NamedTest, Set<Result>> results) throws IOException {
        try {
            var cases = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
            for (int n = 0; n < cases.getLength(); n++) {
                var test = (Element) cases.item(n);
                results.computeIfAbsent(name(test), name -> EnumSet.noneOf(Result.class))
                        .add(result(test));
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("no report of tests: " + report, e);
        }
    }

    /** Without the package, the class within the class, and the parameters that follow the method's name. */
    private static NamedTest name(Element test) {
        var type = test.getAttribute("classname").replaceFirst("\\$.*", "");
        return new NamedTest(
                type.substring(type.lastIndexOf('.') + 1),
                test.getAttribute("name").replaceFirst("[^\\w].*", ""));
    }

    private static Result result(Element test) {
        if (has(test, "failure") || has(test, "error")) {
            return Result.FAILED;
        }
        return has(test, "skipped") ? Result.SKIPPED : Result.PASSED;
    }

    private static boolean has(Element test, String child) {
        return test.getElementsByTagName(child).getLength() > 0;
    }
}
