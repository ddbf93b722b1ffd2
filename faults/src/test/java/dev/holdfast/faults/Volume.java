package dev.holdfast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The volume of the backups, as somebody with a shell sees it. */
record Volume(Path root) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The visible directories, by the id of the backup that they say of themselves to be. */
    Map<String, List<Path>> backups() {
        return visible().stream().collect(Collectors.groupingBy(Volume::manifest));
    }

    /** Every directory below those of the sources. */
    List<Path> visible() {
        return list(root).stream()
                .filter(source -> !source.getFileName().toString().startsWith("."))
                .filter(Files::isDirectory)
                .flatMap(source -> list(source).stream())
                .toList();
    }

    /** What unfinished attempts have left; not their probes, which are a few bytes and may stay for ten minutes. */
    List<Path> parts() {
        return list(root.resolve(".part")).stream()
                .filter(entry -> !entry.getFileName().toString().startsWith(".probe-"))
                .toList();
    }

    static String sha256(Path file) {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String manifest(Path directory) {
        try {
            return JSON.readTree(Files.readString(directory.resolve("manifest.json")))
                    .path("backupId")
                    .asString();
        } catch (IOException e) {
            return "no manifest";
        }
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
