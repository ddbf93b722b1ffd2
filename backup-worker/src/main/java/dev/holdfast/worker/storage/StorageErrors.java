package dev.holdfast.worker.storage;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns what the file system says into a failure that somebody can act on. Java keeps the errno of a failed call only as the C
 * library's text, so that text is what there is to go by; glibc's and musl's words are known.
 */
public final class StorageErrors {
    /** Less than this is no room: file systems fail before the last block is gone. */
    private static final long ALMOST_NOTHING = 64 * 1024;

    private static final List<Map.Entry<String, FailureCode>> CODES = List.of(
            Map.entry("Permission denied", FailureCode.STORAGE_PERMISSION_DENIED),
            Map.entry("Operation not permitted", FailureCode.STORAGE_PERMISSION_DENIED),
            Map.entry("Read-only file system", FailureCode.STORAGE_READ_ONLY),
            Map.entry("No space left on device", FailureCode.STORAGE_FULL),
            Map.entry("quota exceeded", FailureCode.STORAGE_FULL),
            Map.entry("Quota exceeded", FailureCode.STORAGE_FULL));

    private StorageErrors() {}

    /**
     * Classifies an error of the volume that holds the backups.
     *
     * @param path what was worked on; used where the error itself names none
     * @return to be thrown by the caller
     */
    public static BackupException classify(IOException error, Path path) {
        return classify(error, path, Refusal::facts);
    }

    /** The same for an error on the way to a root: remedies then never offer to take over a directory above it. */
    static BackupException classifyBelow(Path root, IOException error) {
        return classify(
                error, root, refusal -> refusal.path().startsWith(root) ? refusal.facts() : Refusal.factsOf(root));
    }

    private static BackupException classify(
            IOException error, Path path, Function<Refusal, Map<String, String>> factsOfRefusal) {
        var where = whereOf(error, path);
        var reason = reasonOf(error);
        var failure = switch (codeOf(error, reason, where)) {
            case STORAGE_PERMISSION_DENIED -> permissionDenied(reason, refusing(error, where), factsOfRefusal);
            case STORAGE_READ_ONLY -> readOnly(reason, where);
            case STORAGE_FULL -> full(reason, where);
            default -> failed(reason, where);
        };
        return new BackupException(failure, error);
    }

    /** The volume is too small for what is to come. */
    static BackupException noRoom(Path path, long neededBytes, long freeBytes) {
        return BackupException.of(
                FailureCode.STORAGE_FULL,
                "the backup needs about %s, but %s has only %s free"
                        .formatted(size(neededBytes), path, size(freeBytes)),
                "needed: %d bytes (expected size and a fifth), free: %d bytes on %s"
                        .formatted(neededBytes, freeBytes, mountOf(path)),
                Refusal.factsOf(path));
    }

    private static FailureCode codeOf(IOException error, String reason, Path where) {
        if (error instanceof AccessDeniedException) {
            return FailureCode.STORAGE_PERMISSION_DENIED;
        }
        for (var known : CODES) {
            if (reason.contains(known.getKey())) {
                return known.getValue();
            }
        }
        return error instanceof FileSystemException ? FailureCode.STORAGE_FAILED : byLooking(where);
    }

    /** For a C library that speaks another language: a full or read-only volume shows in other ways too. */
    private static FailureCode byLooking(Path where) {
        try {
            var store = storeOf(where);
            if (store.isReadOnly()) {
                return FailureCode.STORAGE_READ_ONLY;
            }
            return store.getUsableSpace() == 0 ? FailureCode.STORAGE_FULL : FailureCode.STORAGE_FAILED;
        } catch (IOException e) {
            return FailureCode.STORAGE_FAILED;
        }
    }

    private static Failure permissionDenied(
            String reason, Refusal refusal, Function<Refusal, Map<String, String>> factsOfRefusal) {
        var hint = reason.contains("Operation not permitted")
                ? "; it may be immutable or append-only (see lsattr -d), or a security module forbids it"
                : "";
        return Failure.of(
                FailureCode.STORAGE_PERMISSION_DENIED,
                "%s refuses the user that the worker runs as".formatted(refusal.path()),
                "%s: %s%s".formatted(reason, refusal.words(), hint),
                factsOfRefusal.apply(refusal));
    }

    private static Failure readOnly(String reason, Path where) {
        return Failure.of(
                FailureCode.STORAGE_READ_ONLY,
                "%s lies on a read-only mount".formatted(where),
                "%s: %s on %s".formatted(reason, where, mountOf(where)),
                Refusal.factsOf(where));
    }

    private static Failure full(String reason, Path where) {
        return Failure.of(
                FailureCode.STORAGE_FULL,
                "there is no room left for %s".formatted(where),
                "%s: %s on %s; %s".formatted(reason, where, mountOf(where), whatRanOut(reason, where)),
                Refusal.factsOf(where));
    }

    private static Failure failed(String reason, Path where) {
        return Failure.of(
                FailureCode.STORAGE_FAILED,
                "%s can't be used: %s".formatted(where, reason),
                "%s: %s on %s".formatted(reason, where, mountOf(where)),
                Refusal.factsOf(where));
    }

    private static String whatRanOut(String reason, Path where) {
        if (reason.contains("uota")) {
            return "the quota of "
                    + ProcessIdentity.current().map(who -> "uid " + who.uid()).orElse("this user") + " is used up";
        }
        try {
            long free = storeOf(where).getUsableSpace();
            return free > ALMOST_NOTHING
                    ? "%s are free, so it has run out of inodes (see df -i) or of room for what was being written"
                            .formatted(size(free))
                    : free + " bytes are free";
        } catch (IOException e) {
            return "the free space can't be read: " + reasonOf(e);
        }
    }

    private static Path whereOf(IOException error, Path path) {
        return error instanceof FileSystemException named && named.getFile() != null ? Path.of(named.getFile()) : path;
    }

    /** A rename names two places; the one to mend is the one that can't be written. */
    private static Refusal refusing(IOException error, Path where) {
        var first = Refusal.toWrite(where);
        var other = Optional.ofNullable(error instanceof FileSystemException named ? named.getOtherFile() : null);
        return Files.isWritable(first.path()) && other.isPresent() ? Refusal.toWrite(Path.of(other.get())) : first;
    }

    private static String reasonOf(IOException error) {
        return switch (error) {
            case NoSuchFileException e -> "No such file or directory";
            case AccessDeniedException e -> "Permission denied";
            case FileAlreadyExistsException e -> "File exists";
            case AtomicMoveNotSupportedException e -> "it lies on another file system than " + e.getOtherFile();
            case FileSystemException e -> Optional.ofNullable(e.getReason()).orElse(nameOf(e));
            case ClosedByInterruptException e -> "the work was interrupted";
            default -> Optional.ofNullable(error.getMessage()).orElse(nameOf(error));
        };
    }

    private static String nameOf(IOException error) {
        return error.getClass().getSimpleName();
    }

    private static FileStore storeOf(Path path) throws IOException {
        return Files.getFileStore(Refusal.nearestExisting(path));
    }

    private static String mountOf(Path path) {
        return "mount " + Mount.of(path).map(Mount::toString).orElse("unknown");
    }

    private static String size(long bytes) {
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%,d kB", (bytes + 999) / 1000)
                : String.format(Locale.ROOT, "%,d MB", (bytes + 999_999) / 1_000_000);
    }
}
