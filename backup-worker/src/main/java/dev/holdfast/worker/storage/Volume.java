package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The root as it is at this moment, every symbolic link on the way to it resolved, and the directories right below it. Those are
 * never links: whoever could plant one would have backups written, and deleted, elsewhere.
 *
 * @param root real and absolute
 */
record Volume(Path root) {
    private static final String STAGING = ".part";

    /** Opens the root, making it where it is missing; its parent is never made, for that would hide a missing mount. */
    static Volume open(Path configured) throws IOException {
        if (!Files.exists(configured)) {
            makeDirectory(configured, Modes.DIRECTORY);
        }
        var root = configured.toRealPath();
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        return new Volume(root);
    }

    /** Where attempts collect their files, private to the worker. */
    Path staging() throws IOException {
        var staging = stagingPath();
        makeDirectory(staging, Modes.PRIVATE_DIRECTORY);
        return staging;
    }

    Path stagingPath() {
        return root.resolve(STAGING);
    }

    Path sourcePath(String sourceName) {
        return root.resolve(BackupNames.ofSource(sourceName));
    }

    /**
     * Makes a directory of exactly this mode unless it is there.
     *
     * @return whether it was made
     * @throws FileSystemException where something else has this name, a symbolic link to a directory included
     */
    static boolean makeDirectory(Path directory, Set<PosixFilePermission> mode) throws IOException {
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(mode));
            Modes.set(directory, mode);
            return true;
        } catch (FileAlreadyExistsException e) {
            requireDirectory(directory);
            return false;
        }
    }

    static void requireDirectory(Path directory) throws IOException {
        if (Files.isSymbolicLink(directory)) {
            throw new FileSystemException(
                    directory.toString(), null, StorageReason.SYMBOLIC_LINK + ": it leads to " + target(directory));
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(directory.toString());
        }
    }

    /** Links that go in circles are an error of their own; one that leads nowhere is just a link. */
    private static String target(Path link) throws IOException {
        try {
            return link.toRealPath().toString();
        } catch (NoSuchFileException e) {
            return "nothing";
        }
    }
}
