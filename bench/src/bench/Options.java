package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** What a run was asked for. */
record Options(
        Path holdfast, Path jdk, double size, int rounds, int small, Path clients, Path work, boolean keep) {

    static Options parse(String[] arguments) throws IOException {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            given.put(arguments[i], arguments[i].equals("--keep") ? "" : arguments[++i]);
        }
        return new Options(
                Path.of(given.get("--holdfast")),
                Path.of(given.get("--jdk")),
                Double.parseDouble(given.getOrDefault("--size", "1.2")),
                Integer.parseInt(given.getOrDefault("--rounds", "2")),
                Integer.parseInt(given.getOrDefault("--small", "30")),
                clients(given.get("--clients")),
                given.containsKey("--work")
                        ? Files.createDirectories(Path.of(given.get("--work")).toAbsolutePath())
                        : Files.createTempDirectory("holdfast-bench"),
                given.containsKey("--keep"));
    }

    private static Path clients(String wanted) throws IOException {
        if (wanted != null && wanted.contains("/")) {
            return Path.of(wanted);
        }
        var root = Path.of("/usr/lib/postgresql");
        if (wanted != null) {
            return root.resolve(wanted).resolve("bin");
        }
        try (var versions = Files.list(root)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("pg_dump")))
                    .max(Comparator.comparingInt(bin ->
                            Integer.parseInt(bin.getParent().getFileName().toString())))
                    .orElseThrow(() -> new IOException("no pg_dump below " + root + "; say where: --clients"));
        }
    }
}
