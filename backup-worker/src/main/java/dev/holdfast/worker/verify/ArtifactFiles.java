package dev.holdfast.worker.verify;

import dev.holdfast.worker.storage.StorageErrors;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.TreeSet;

/** The files of a backup's directory. */
final class ArtifactFiles {
    private ArtifactFiles() {}

    /** Their paths within the directory, sorted; anything but files and directories makes the backup invalid. */
    static List<String> in(Path directory) {
        var names = new TreeSet<String>();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!attributes.isRegularFile()) {
                        throw Invalid.artifact(file, "it is no regular file");
                    }
                    names.add(directory.relativize(file).toString());
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw StorageErrors.classify(e, directory);
        }
        return List.copyOf(names);
    }
}
