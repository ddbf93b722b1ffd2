package dev.holdfast.worker.storage;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.FailureCode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tree of one staged backup.
 *
 * @param sizes of its files, by their path within the directory, with {@code /} between parts
 * @param directories the deepest first, the staging directory last
 */
record StagedFiles(Path root, Map<String, Long> sizes, List<Path> directories) {

    /**
     * Looks at all that is staged.
     *
     * @throws FileSystemException where there is anything but files and directories: nobody should be able to put it there
     */
    static StagedFiles of(Path root) throws IOException {
        var sizes = new TreeMap<String, Long>();
        var directories = new ArrayList<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isRegularFile()) {
                    throw new FileSystemException(file.toString(), null, "it is no regular file");
                }
                sizes.put(root.relativize(file).toString(), attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException error) throws IOException {
                directories.add(directory);
                return super.postVisitDirectory(directory, error);
            }
        });
        return new StagedFiles(root, sizes, directories);
    }

    /** Makes sure that what is about to be published is what was read back and hashed. */
    void requireSameAs(List<Artifact> artifacts) {
        var listed = new TreeMap<String, Long>();
        artifacts.forEach(artifact -> listed.put(artifact.file(), artifact.sizeBytes()));
        if (!listed.equals(sizes)) {
            throw BackupException.of(
                    FailureCode.ARTIFACT_INVALID,
                    "the files changed after they were verified",
                    "verified: %s; staged: %s".formatted(listed, sizes),
                    Map.of("path", root.toString()));
        }
    }

    /** Gives everything its final mode and brings it to the disk. */
    void makeDurable() throws IOException {
        for (var name : sizes.keySet()) {
            var file = root.resolve(name);
            Modes.set(file, Modes.FILE);
            Fsync.of(file);
        }
        for (var directory : directories) {
            Modes.set(directory, Modes.DIRECTORY);
            Fsync.of(directory);
        }
    }
}
