package dev.holdfast.faults.table;

import dev.holdfast.faults.table.FaultRow.NamedTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The test sources of all modules, by the simple name of their class. */
record TestSources(Map<String, String> sources) {
    private static final Pattern PARENT = Pattern.compile("(?:extends|implements) (\\w+)");

    static TestSources of(Path repository) throws IOException {
        var sources = new HashMap<String, String>();
        try (var modules = Files.newDirectoryStream(repository, Files::isDirectory)) {
            for (var module : modules) {
                var tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    try (var files = Files.walk(tests)) {
                        files.filter(file -> file.toString().endsWith(".java"))
                                .forEach(file -> sources.put(
                                        file.getFileName().toString().replace(".java", ""), text(file)));
                    }
                }
            }
        }
        return new TestSources(sources);
    }

    /** Whether there is such a test, in that class or in what it inherits from. */
    boolean has(NamedTest test) {
        var source = sources.get(test.type());
        if (source == null || test.method() == null) {
            return source != null;
        }
        return source.contains("void " + test.method() + "(")
                || PARENT.matcher(source)
                        .results()
                        .anyMatch(parent -> !parent.group(1).equals(test.type())
                                && has(new NamedTest(parent.group(1), test.method())));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
