package dev.holdfast.worker.storage;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A sealed backup's directory, found without following a symbolic link below the root: its path comes from a table, and the name
 * of a file from a stranger's request.
 *
 * @param source the source's directory
 * @param path {@code <source>/<backup>}
 */
record SealedDirectory(Path source, Path path) {

    /**
     * Finds a directory that was once sealed.
     *
     * @param configuredRoot the root as it is configured, since a recorded path may go through a link above the volume
     */
    static Optional<SealedDirectory> find(Volume volume, Path configuredRoot, Path directory) {
        var absolute = directory.toAbsolutePath();
        var base = absolute.startsWith(configuredRoot) ? configuredRoot : volume.root();
        if (!absolute.equals(absolute.normalize()) || !absolute.startsWith(base)) {
            return Optional.empty();
        }
        var names = base.relativize(absolute);
        if (names.getNameCount() != 2) {
            return Optional.empty();
        }
        var source = volume.root().resolve(names.getName(0));
        var path = source.resolve(names.getName(1));
        return isDirectory(source)
                        && !source.equals(volume.stagingPath())
                        && isDirectory(path)
                        && isFile(path.resolve(ManifestFile.NAME))
                ? Optional.of(new SealedDirectory(source, path))
                : Optional.empty();
    }

    /** A regular file within the directory; empty for anything else, however it is spelt. */
    Optional<Path> file(String name) {
        var relative = Path.of(name);
        if (name.isEmpty()
                || relative.isAbsolute()
                || !relative.normalize().toString().equals(name)) {
            return Optional.empty();
        }
        var current = path;
        for (var part : relative) {
            if (part.toString().equals("..") || !isDirectory(current)) {
                return Optional.empty();
            }
            current = current.resolve(part);
        }
        return isFile(current) ? Optional.of(current) : Optional.empty();
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }
}
