package dev.holdfast.worker.media;

import dev.holdfast.worker.step.RunLog;
import java.nio.file.Path;

/** What is worth knowing about single files. The first ones go into the log; then they are only counted. */
final class MediaNotes {
    private static final int MOST = 100;

    private final RunLog log;
    private int notes;

    MediaNotes(RunLog log) {
        this.log = log;
    }

    void vanished(Path path) {
        warn("%s vanished while the media were read; it is not in the archive", path);
    }

    void changedSize(Path path, long size, long now) {
        warn(
                "%s had %d bytes at first and %d later; the archive has the first number".formatted("%s", size, now),
                path);
    }

    void special(Path path) {
        warn("%s is a pipe, socket or device; it is not in the archive", path);
    }

    void leftOut(Path path, String reason) {
        warn("%s " + reason + "; it is not in the archive", path);
    }

    /** To be called at the end. */
    void summarize() {
        if (notes > MOST) {
            log.warn("media: %d more lines like these were left out".formatted(notes - MOST));
        }
    }

    private void warn(String text, Path path) {
        notes++;
        if (notes <= MOST) {
            log.warn("media: " + text.formatted(printable(path)));
        }
    }

    /** A file's name may hold line feeds and worse. */
    static String printable(Path path) {
        return path.toString().replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    }
}
