package dev.holdfast.worker.media;

import dev.holdfast.worker.step.RunLog;
import dev.holdfast.worker.step.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** Packs media directories into one {@code media.tar.zst}, with owners, modes, times and links. */
public interface MediaArchiver {

    /**
     * Writes the archive as {@code media.tar.zst} into a directory. Files that vanish while it runs are noted in the log; files
     * that can't be read fail the backup; sockets, pipes and devices are never opened.
     *
     * @param roots absolute directories; entries carry their path without the leading slash
     * @param bytesWritten hears the size of the archive so far, in bytes
     * @throws dev.holdfast.common.failure.BackupException MEDIA_UNREADABLE, MEDIA_REFUSED or STORAGE_*
     */
    void archive(List<Path> roots, Path directory, LongConsumer bytesWritten, RunLog log, StopSignal stop);
}
