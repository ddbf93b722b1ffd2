package dev.holdfast.worker.storage;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.id.BackupId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A directory of a file system that this machine has mounted. The volume is looked at anew in each call: it may come and go. */
@Component
class LocalBackupStore implements BackupStore {
    private static final Logger LOG = LoggerFactory.getLogger(LocalBackupStore.class);

    private final Path root;
    private final Clock clock;
    private final VolumeGuard guard;

    LocalBackupStore(StorageProperties properties, VolumeGuard guard, Clock clock) {
        this.guard = guard;
        this.clock = clock;
        this.root = properties.root().toAbsolutePath().normalize();
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public void clearEarlier(BackupId id, int attempt) {
        guard.requirePresent(root);
        onVolume(volume -> {
            StagingDirectory.deleteUpTo(volume.staging(), id, attempt - 1);
            return true;
        });
    }

    @Override
    public void probe(String sourceName, long expectedBytes, PromisedRoom promised) {
        guard.requirePresent(root);
        onVolume(volume -> {
            var probe = new StorageProbe(volume, sourceName);
            probe.run();
            guard.recognise(root, volume);
            probe.requireRoom(expectedBytes, promised);
            return true;
        });
    }

    @Override
    public void check(Collection<String> sourceNames) {
        guard.requirePresent(root);
        onVolume(volume -> {
            new StorageProbe(volume).run();
            for (var name : sourceNames) {
                StorageProbe.requireWritable(volume.sourcePath(name));
            }
            guard.recognise(root, volume);
            return true;
        });
    }

    @Override
    public Staging stage(BackupId id, int attempt) {
        guard.requirePresent(root);
        return onVolume(volume -> StagingDirectory.create(volume.staging(), id, attempt));
    }

    @Override
    public void flush(Staging staging) {
        onVolume(volume -> {
            StagedFiles.of(staging.directory()).makeDurable();
            return true;
        });
    }

    @Override
    public Path seal(Staging staging, String sourceName, Instant startedAt, Manifest manifest) {
        return onVolume(volume -> new Seal(volume, sourceName, startedAt, manifest).publish(staging.directory()));
    }

    @Override
    public List<SealedBackup> findSealed(BackupId id, String sourceName) {
        guard.requirePresent(root);
        return onVolume(volume -> {
            var found = new ArrayList<SealedBackup>();
            try (var entries = Files.newDirectoryStream(
                    volume.sourcePath(sourceName), entry -> BackupNames.mayHold(entry.toString(), id))) {
                for (var entry : entries) {
                    sealedAt(entry, id).ifPresent(found::add);
                }
            } catch (NoSuchFileException e) {
                // No backup of this source has ever been sealed.
                return List.of();
            }
            found.sort(Comparator.comparingInt(
                            (SealedBackup backup) -> backup.manifest().attempt())
                    .reversed());
            return List.copyOf(found);
        });
    }

    @Override
    public void delete(SealedBackup backup) {
        guard.requirePresent(root);
        onVolume(volume -> {
            var directory = SealedDirectory.find(volume, root, backup.path());
            if (directory.isPresent()) {
                // Out of sight first, so that a crash in between leaves no half backup.
                var doomed = volume.staging().resolve(".deleted-" + UUID.randomUUID());
                Files.move(directory.get().path(), doomed, StandardCopyOption.ATOMIC_MOVE);
                Fsync.of(directory.get().source());
                TreeRemoval.delete(doomed);
            }
            return true;
        });
    }

    @Override
    public Optional<Path> artifact(Path backupDirectory, String file) {
        try {
            // Who only reads must not make the root anew: an empty one would pass for a volume.
            guard.requirePresent(root);
            return SealedDirectory.find(Volume.open(root), root, backupDirectory)
                    .flatMap(directory -> directory.file(file));
        } catch (InvalidPathException e) {
            return Optional.empty();
        } catch (IOException | BackupException e) {
            LOG.warn("artifacts of {} can't be looked for", backupDirectory, e);
            return Optional.empty();
        }
    }

    @Override
    public void sweep(Supplier<Set<BackupId>> running) {
        guard.requirePresent(root);
        onVolume(volume -> {
            new Sweep(volume, running, clock.instant()).run();
            return true;
        });
    }

    private static Optional<SealedBackup> sealedAt(Path directory, BackupId id) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return ManifestFile.read(directory)
                .filter(manifest -> manifest.backupId().equals(id))
                .map(manifest -> new SealedBackup(directory, manifest));
    }

    private <T> T onVolume(VolumeWork<T> work) {
        try {
            return work.on(Volume.open(root));
        } catch (DirectoryIteratorException e) {
            throw StorageErrors.classifyBelow(realRoot(), Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw StorageErrors.classifyBelow(realRoot(), e);
        }
    }

    private Path realRoot() {
        try {
            return root.toRealPath();
        } catch (IOException e) {
            return root;
        }
    }

    /** What is done while the volume is there. */
    @FunctionalInterface
    private interface VolumeWork<T> {
        T on(Volume volume) throws IOException;
    }
}
