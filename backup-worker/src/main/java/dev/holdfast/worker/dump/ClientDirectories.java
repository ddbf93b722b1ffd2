package dev.holdfast.worker.dump;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Where PostgreSQL clients may lie: configured directories first, then PATH, then the places that packages use. */
@Component
class ClientDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(ClientDirectories.class);
    private static final Pattern STAR = Pattern.compile("(?<parent>[^*]*)/(?<name>[^/]*\\*[^/]*)(?<rest>/.*)");
    /** Debian and Ubuntu, Red Hat, Alpine, Homebrew on both kinds of Mac, Postgres.app. */
    private static final List<String> PACKAGES = List.of(
            "/usr/lib/postgresql/*/bin",
            "/usr/pgsql-*/bin",
            "/usr/libexec/postgresql*/",
            "/opt/homebrew/opt/postgresql*/bin",
            "/opt/homebrew/opt/libpq*/bin",
            "/usr/local/opt/postgresql*/bin",
            "/usr/local/opt/libpq*/bin",
            "/Applications/Postgres.app/Contents/Versions/*/bin");

    private final List<Path> configured;
    private final String path;
    private final List<String> packages;

    @Autowired
    ClientDirectories(DumpSettings settings) {
        this(
                settings.clientDirectories(),
                Optional.ofNullable(System.getenv("PATH")).orElse(""),
                PACKAGES);
    }

    /** @param packages directories in which one {@code *} stands for a version */
    ClientDirectories(List<Path> configured, String path, List<String> packages) {
        this.configured = List.copyOf(configured);
        this.path = path;
        this.packages = List.copyOf(packages);
    }

    /** Those that exist, each by its real path. */
    List<Path> all() {
        var candidates = new ArrayList<>(configured);
        Stream.of(path.split(File.pathSeparator))
                .filter(entry -> entry.startsWith("/"))
                .map(Path::of)
                .forEach(candidates::add);
        packages.forEach(pattern -> candidates.addAll(expand(pattern)));
        return candidates.stream().flatMap(ClientDirectories::real).distinct().toList();
    }

    private static List<Path> expand(String pattern) {
        var parts = STAR.matcher(pattern);
        if (!parts.matches() || !Files.isDirectory(Path.of(parts.group("parent")))) {
            return List.of();
        }
        var found = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(Path.of(parts.group("parent")), parts.group("name"))) {
            entries.forEach(entry -> found.add(Path.of(entry + parts.group("rest"))));
        } catch (IOException e) {
            LOG.debug("{} can't be searched for clients", pattern, e);
        }
        found.sort(null);
        return found;
    }

    private static Stream<Path> real(Path directory) {
        try {
            return Files.isDirectory(directory) ? Stream.of(directory.toRealPath()) : Stream.empty();
        } catch (IOException e) {
            LOG.debug("{} can't be searched for clients", directory, e);
            return Stream.empty();
        }
    }
}
