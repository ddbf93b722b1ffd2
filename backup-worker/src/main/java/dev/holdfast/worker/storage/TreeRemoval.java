package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Objects;

/**
 * Deletes directories. Works relative to open directories, so that a symbolic link is deleted and never followed, also one that
 * is put in place of a directory meanwhile. What somebody else deletes at the same time is no error.
 */
final class TreeRemoval {
    private TreeRemoval() {}

    /** Deletes a file or a directory with all in it; harmless when it is gone already. */
    static void delete(Path tree) throws IOException {
        var parent = Objects.requireNonNull(tree.getParent(), "a root directory is never deleted");
        try (var siblings = open(parent)) {
            delete(siblings, Objects.requireNonNull(tree.getFileName()));
        } catch (NoSuchFileException e) {
            // The parent is gone, and the tree with it.
            return;
        }
    }

    private static void delete(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        try {
            if (isDirectory(directory, name)) {
                try (var children = directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                    for (var child : children) {
                        delete(children, Objects.requireNonNull(child.getFileName()));
                    }
                } catch (DirectoryIteratorException e) {
                    throw e.getCause();
                }
                directory.deleteDirectory(name);
            } else {
                directory.deleteFile(name);
            }
        } catch (NoSuchFileException e) {
            // Somebody was faster.
            return;
        }
    }

    private static boolean isDirectory(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        return directory
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
    }

    private static SecureDirectoryStream<Path> open(Path directory) throws IOException {
        return (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory);
    }
}
