package dev.holdfast.worker.storage;

import dev.holdfast.common.id.BackupId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The volume that holds the artifacts, under one root directory. */
public interface BackupStore {

    /** The root, absolute. */
    Path root();

    /**
     * Deletes what earlier attempts of this backup have left in staging, which is nobody's and takes room that this attempt needs;
     * harmless where there is nothing. A frozen worker that still writes there meets the same as with {@link #stage}.
     *
     * @throws dev.holdfast.common.failure.BackupException STORAGE_*
     */
    void clearEarlier(BackupId id, int attempt);

    /**
     * Proves that a backup of this source could be written now: writes, fsyncs, renames and deletes a probe where it would land,
     * and looks at the free space.
     *
     * @param expectedBytes how much the backup is likely to need; 0 where nothing is known
     * @param promised what of the free space is not this backup's to take
     * @throws dev.holdfast.common.failure.BackupException STORAGE_*
     */
    void probe(String sourceName, long expectedBytes, PromisedRoom promised);

    /** The same where no other backup counts. */
    default void probe(String sourceName, long expectedBytes) {
        probe(sourceName, expectedBytes, PromisedRoom.NONE);
    }

    /**
     * Proves that backups could be written now: a probe in the root, and a look at who may write to the directories that these
     * sources have there.
     *
     * @throws dev.holdfast.common.failure.BackupException STORAGE_*
     */
    void check(Collection<String> sourceNames);

    /**
     * Makes the private directory in which an attempt collects its files, on the volume of its final place. What an earlier
     * attempt of the same backup left there is deleted.
     *
     * @throws dev.holdfast.common.failure.BackupException STORAGE_*
     */
    Staging stage(BackupId id, int attempt);

    /**
     * Brings the bytes that are staged to the disk, however long that takes, so that the seal is short.
     *
     * @throws dev.holdfast.common.failure.BackupException STORAGE_*
     */
    void flush(Staging staging);

    /**
     * Publishes a staged backup: fsyncs every file and directory, writes the manifest last, and renames all of it to its final
     * place at once. After this returns, the backup survives a power cut.
     *
     * @param manifest lists every file that is staged, with its size
     * @return the final directory, absolute
     * @throws dev.holdfast.common.failure.BackupException STORAGE_*, or ARTIFACT_INVALID when the files are not those of the
     *     manifest; nothing is visible then
     */
    Path seal(Staging staging, String sourceName, Instant startedAt, Manifest manifest);

    /**
     * Finds what attempts of a backup have sealed, the newest first: one that died, or failed, before it could say so leaves it.
     *
     * @throws dev.holdfast.common.failure.BackupException STORAGE_* when the volume can't be read
     */
    List<SealedBackup> findSealed(BackupId id, String sourceName);

    /**
     * Deletes a sealed backup: invisible at once, its room free after this returns. Harmless when it is gone already.
     *
     * @throws dev.holdfast.common.failure.BackupException STORAGE_*
     */
    void delete(SealedBackup backup);

    /**
     * One file of a sealed backup, for download.
     *
     * @param backupDirectory as {@link #seal} returned it
     * @param file its path within that directory, with {@code /} between parts
     * @return empty unless this is a regular file that lies in a sealed backup below the root, with no symbolic link on the way
     */
    Optional<Path> artifact(Path backupDirectory, String file);

    /**
     * Deletes what dead attempts left in staging: everything but the backups named.
     *
     * @param running asked after the staging directory was listed, so that a backup staged meanwhile is not taken for a dead one
     */
    void sweep(Supplier<Set<BackupId>> running);
}
