package dev.holdfast.worker.storage;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a staged backup: all of it on the disk first, then visible at once, under a name that nobody has. */
final class Seal {
    private static final Logger LOG = LoggerFactory.getLogger(Seal.class);

    private final Volume volume;
    private final String sourceName;
    private final Instant startedAt;
    private final Manifest manifest;

    Seal(Volume volume, String sourceName, Instant startedAt, Manifest manifest) {
        this.volume = volume;
        this.sourceName = sourceName;
        this.startedAt = startedAt;
        this.manifest = manifest;
    }

    Path publish(Path staged) throws IOException {
        var files = StagedFiles.of(staged);
        files.requireSameAs(manifest.artifacts());
        files.makeDurable();
        ManifestFile.write(staged, manifest);
        var published = moveToFinalPlace(staged);
        try {
            Fsync.of(volume.sourcePath(sourceName));
            Fsync.of(volume.stagingPath());
        } catch (IOException e) {
            withdraw(published);
            throw e;
        }
        return published;
    }

    private Path moveToFinalPlace(Path staged) throws IOException {
        var source = volume.sourcePath(sourceName);
        for (var name : BackupNames.ofBackup(sourceName, startedAt, manifest.backupId())) {
            var target = source.resolve(name);
            if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS) && move(staged, source, target)) {
                return target;
            }
        }
        throw new FileAlreadyExistsException(source.toString(), null, "every name for this backup is taken");
    }

    /** A rename never replaces a directory that holds something, so two seals at the same moment can't harm each other. */
    private boolean move(Path staged, Path source, Path target) throws IOException {
        while (true) {
            if (Volume.makeDirectory(source, Modes.DIRECTORY)) {
                Fsync.of(volume.root());
            }
            try {
                Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
                return true;
            } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
                return false;
            } catch (NoSuchFileException e) {
                // A probe of the same source may have taken away the directory that it had made for itself.
                if (Files.exists(source, LinkOption.NOFOLLOW_LINKS)
                        || !Files.exists(staged, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
            }
        }
    }

    /** Nobody may see a backup that a power cut could take away again. */
    private static void withdraw(Path published) {
        try {
            TreeRemoval.delete(published);
        } catch (IOException e) {
            LOG.error(
                    "{} was not brought to the disk and could not be deleted either; delete it by hand", published, e);
        }
    }
}
