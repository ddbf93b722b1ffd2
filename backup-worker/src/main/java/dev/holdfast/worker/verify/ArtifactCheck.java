package dev.holdfast.worker.verify;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.step.StopSignal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proves that the files of a staged backup can be read back whole. */
public interface ArtifactCheck {

    /**
     * Reads every file of the directory to its end and hashes it; reads a database archive through with the tool's own
     * {@code pg_restore}, and a media archive entry by entry.
     *
     * @param client null for a backup of media alone
     * @return every file with its size and SHA-256, sorted by name
     * @throws dev.holdfast.common.failure.BackupException ARTIFACT_INVALID, or STORAGE_* when reading fails
     */
    List<Artifact> verify(Path directory, @Nullable PgClient client, StopSignal stop);

    /**
     * Whether every file listed is there, as long and with the same SHA-256: for a backup that was verified before it was sealed.
     *
     * @throws dev.holdfast.common.failure.BackupException STORAGE_* when reading fails, or with the reason of {@code stop}
     */
    boolean unchanged(Path directory, List<Artifact> artifacts, StopSignal stop);
}
