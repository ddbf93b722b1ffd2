package dev.holdfast.worker.job;

import dev.holdfast.common.event.Artifact;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a completed backup lies.
 *
 * @param directory absolute
 * @param artifacts every file but the manifest
 */
public record PublishedBackup(Path directory, List<Artifact> artifacts) {

    public long sizeBytes() {
        return artifacts.stream().mapToLong(Artifact::sizeBytes).sum();
    }
}
