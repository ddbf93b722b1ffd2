package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
            throw new FileSystemException(root.toString(), null, "it is no directory");
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
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    "it is a symbolic link or a file where a directory of the worker's must be");
        }
    }
}
