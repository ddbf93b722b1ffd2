package dev.holdfast.worker.media;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import dev.holdfast.worker.storage.Refusal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Failures of what is read, as against those of the volume that is written. */
final class MediaErrors {
    private MediaErrors() {}

    static BackupException unreadable(Path path, IOException error) {
        var refusal = Refusal.toRead(path);
        var reason = reasonOf(error);
        return new BackupException(
                Failure.of(
                        FailureCode.MEDIA_UNREADABLE,
                        "%s can't be read: %s".formatted(MediaNotes.printable(path), reason),
                        "%s: %s; %s".formatted(reason, MediaNotes.printable(path), refusal.words()),
                        refusal.facts()),
                error);
    }

    /** It would put what is Holdfast's own into an archive to download. */
    static BackupException refused(Path root, String reason) {
        var summary = "the media directory %s %s".formatted(MediaNotes.printable(root), reason);
        return BackupException.of(FailureCode.MEDIA_REFUSED, summary, summary, Map.of("path", root.toString()));
    }

    static BackupException unusable(Path root, String reason) {
        var refusal = Refusal.toRead(root);
        return BackupException.of(
                FailureCode.MEDIA_UNREADABLE,
                "the media directory %s %s".formatted(MediaNotes.printable(root), reason),
                refusal.words(),
                refusal.facts());
    }

    private static String reasonOf(IOException error) {
        return switch (error) {
            case NoSuchFileException e -> "No such file or directory";
            case AccessDeniedException e -> "Permission denied";
            case FileSystemException e -> Optional.ofNullable(e.getReason()).orElse(e.toString());
            default -> String.valueOf(error.getMessage());
        };
    }
}
