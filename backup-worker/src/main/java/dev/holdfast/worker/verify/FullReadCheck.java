package dev.holdfast.worker.verify;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.worker.dump.PgClient;
import dev.holdfast.worker.dump.ToolLauncher;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Hashes and understands at the same time, so that both read what the other has just brought into the page cache. The hash is that
 * of the bytes on the volume after the dump has ended: it tells any later change of them, while only the full reads tell whether
 * they were right to begin with.
 */
@Component
class FullReadCheck implements ArtifactCheck {
    private static final FullRead MEDIA = new MediaArchiveRead();

    private final List<FullRead> ofDatabases;

    FullReadCheck(ToolLauncher launcher) {
        ofDatabases = List.of(new CustomArchiveRead(launcher), new DirectoryArchiveRead(launcher));
    }

    @Override
    public List<Artifact> verify(Path directory, @Nullable PgClient client, StopSignal stop) {
        var reads = readsFor(directory, client);
        var work = new ArrayList<Callable<Optional<Artifact>>>();
        for (var read : reads) {
            work.add(() -> understand(read, directory, client, stop));
        }
        for (var name : ArtifactFiles.in(directory)) {
            work.add(() -> Optional.of(Sha256.of(directory, name, stop)));
        }
        var artifacts = SideBySide.run(work, reads.size() + cores());
        return artifacts.stream().flatMap(Optional::stream).toList();
    }

    @Override
    public boolean unchanged(Path directory, List<Artifact> artifacts, StopSignal stop) {
        var present = artifacts.stream().allMatch(artifact -> isThere(directory, artifact));
        if (!present) {
            return false;
        }
        var work = new ArrayList<Callable<Artifact>>();
        artifacts.forEach(artifact -> work.add(() -> Sha256.of(directory, artifact.file(), stop)));
        return SideBySide.run(work, cores()).equals(artifacts);
    }

    private List<FullRead> readsFor(Path directory, @Nullable PgClient client) {
        var reads = new ArrayList<>(
                ofDatabases.stream().filter(read -> read.appliesTo(directory)).toList());
        if (client != null && reads.isEmpty()) {
            throw Invalid.artifact(directory, "the dump left neither database.dump nor database/");
        }
        if (MEDIA.appliesTo(directory)) {
            reads.add(MEDIA);
        }
        return reads;
    }

    private static Optional<Artifact> understand(
            FullRead read, Path directory, @Nullable PgClient client, StopSignal stop) {
        try {
            read.run(directory, client, stop);
            return Optional.empty();
        } catch (IOException e) {
            throw StorageErrors.classify(e, directory);
        }
    }

    /** The names come from a file that may have been edited. */
    private static boolean isThere(Path directory, Artifact artifact) {
        var file = directory.resolve(artifact.file()).normalize();
        return file.startsWith(directory)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && sizeOf(file) == artifact.sizeBytes();
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw StorageErrors.classify(e, file);
        }
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}
