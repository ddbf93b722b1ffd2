package dev.holdfast.worker.media;

import dev.holdfast.worker.step.RunLog;
import dev.holdfast.worker.step.StopSignal;
import dev.holdfast.worker.storage.BackupStore;
import dev.holdfast.worker.storage.StorageErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Packs with Java's own tar and zstd, so that nothing needs to be installed; any tar and zstd unpack it. */
@Component
@EnableConfigurationProperties(MediaSettings.class)
class TarZstdMediaArchiver implements MediaArchiver {
    private static final String FILE = "media.tar.zst";

    private final BackupStore store;
    private final MediaSettings settings;

    TarZstdMediaArchiver(BackupStore store, MediaSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    @Override
    public void archive(List<Path> roots, Path directory, LongConsumer bytesWritten, RunLog log, StopSignal stop) {
        var target = directory.resolve(FILE);
        var notes = new MediaNotes(log);
        try (var archive = new MediaArchive(target, bytesWritten)) {
            var walk = new MediaWalk(archive, new LeftOut(store.root(), settings.leaveOut()), notes, stop);
            for (var root : outermost(roots)) {
                walk.root(root);
            }
            var tally = archive.finish();
            notes.summarize();
            log.info("media: %d entries, %d bytes of files".formatted(tally.entries(), tally.bytes()));
        } catch (IOException e) {
            throw StorageErrors.classify(e, target);
        }
    }

    /** A directory within another one is packed with that one, and nothing is packed twice. */
    static List<Path> outermost(List<Path> roots) {
        var normalized = roots.stream().map(Path::normalize).distinct().toList();
        return normalized.stream()
                .filter(root -> normalized.stream().noneMatch(other -> !other.equals(root) && root.startsWith(other)))
                .toList();
    }
}
