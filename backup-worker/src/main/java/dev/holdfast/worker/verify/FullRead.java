package dev.holdfast.worker.verify;

import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.step.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads one kind of artifact to its end and understands what it reads, which hashing does not. */
interface FullRead {

    /** Whether the backup's directory holds such an artifact. */
    boolean appliesTo(Path directory);

    /**
     * Reads it.
     *
     * @throws dev.holdfast.common.failure.BackupException ARTIFACT_INVALID, or the reason of {@code stop}
     * @throws IOException where the volume fails
     */
    void run(Path directory, @Nullable PgClient client, StopSignal stop) throws IOException;
}
