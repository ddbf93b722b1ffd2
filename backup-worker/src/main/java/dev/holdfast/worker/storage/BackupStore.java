package dev.holdfast.worker.storage;

import dev.holdfast.common.id.BackupId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/** The volume that holds the artifacts, under one root directory. */
public interface BackupStore {

    /** The root, absolute. */
    Path root();

    /**
     * Proves that a backup of this source could be written now: writes, fsyncs, renames and deletes a probe where it would land,
     * and looks at the free space.
     *
     * @param expectedBytes how much the backup is likely to need; 0 where nothing is known
     * @throws dev.holdfast.common.failure.BackupException STORAGE_*
     */
    void probe(String sourceName, long expectedBytes);

    /**
     * Makes the private directory in which an attempt collects its files, on the volume of its final place. What an earlier
     * attempt of the same backup left there is deleted.
     *
     * @throws dev.holdfast.common.failure.BackupException STORAGE_*
     */
    Staging stage(BackupId id, int attempt);

    /**
     * Publishes a staged backup: fsyncs every file and directory, writes the manifest last, and renames all of it to its final
     * place at once. After this returns, the backup survives a power cut.
     *
     * @return the final directory, absolute
     * @throws dev.holdfast.common.failure.BackupException STORAGE_*; nothing is visible then
     */
    Path seal(Staging staging, String sourceName, Instant startedAt, Manifest manifest);

    /** Deletes what dead attempts left in staging: everything but the backups named. */
    void sweep(Set<BackupId> running);
}
