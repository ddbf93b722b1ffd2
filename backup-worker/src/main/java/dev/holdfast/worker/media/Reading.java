package dev.holdfast.worker.media;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps errors of what is read apart from those of the volume that is written: both are the same exceptions. */
final class Reading {
    private final MediaNotes notes;

    Reading(MediaNotes notes) {
        this.notes = notes;
    }

    /** The outcome; empty, and noted, where the file is gone by now. Any other error fails the backup. */
    <T> Optional<T> of(Path path, Read<T> read) {
        try {
            return Optional.of(read.run());
        } catch (NoSuchFileException e) {
            notes.vanished(path);
            return Optional.empty();
        } catch (IOException e) {
            throw MediaErrors.unreadable(path, e);
        }
    }

    /** One access to a media directory. */
    @FunctionalInterface
    interface Read<T> {
        T run() throws IOException;
    }
}
