package dev.holdfast.worker.storage;

import dev.holdfast.common.failure.FailureCode;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which errno an error stands for. Java keeps the errno of a failed call only as the C library's text, so that text is what
 * there is to go by; glibc's and musl's words are known.
 *
 * @param words as the system says it
 */
record StorageReason(FailureCode code, String words) {
    static final String SYMBOLIC_LINK = "it is a symbolic link where a directory must be";
    static final String NOT_A_DIRECTORY = "Not a directory";

    /** Less than this is no room: file systems fail before the last block is gone. */
    private static final long ALMOST_NOTHING = 64 * 1024;

    private static final String NO_SUCH_FILE = "No such file or directory";
    private static final String NO_SPACE = "No space left on device";

    /** EACCES, EPERM, EROFS, EDQUOT, EIO, ENAMETOOLONG, ELOOP, ENOTDIR, ESTALE, EMFILE and ENFILE, EFBIG, ENOENT. */
    private static final List<Map.Entry<String, FailureCode>> CODES = List.of(
            Map.entry("Permission denied", FailureCode.STORAGE_PERMISSION_DENIED),
            Map.entry("Operation not permitted", FailureCode.STORAGE_OPERATION_NOT_PERMITTED),
            Map.entry("Read-only file system", FailureCode.STORAGE_READ_ONLY),
            Map.entry(NO_SPACE, FailureCode.STORAGE_FULL),
            Map.entry("quota exceeded", FailureCode.STORAGE_QUOTA_EXCEEDED),
            Map.entry("Quota exceeded", FailureCode.STORAGE_QUOTA_EXCEEDED),
            Map.entry("Input/output error", FailureCode.STORAGE_IO_ERROR),
            Map.entry("I/O error", FailureCode.STORAGE_IO_ERROR),
            Map.entry("File name too long", FailureCode.STORAGE_NAME_TOO_LONG),
            Map.entry("Filename too long", FailureCode.STORAGE_NAME_TOO_LONG),
            Map.entry("Too many levels of symbolic links", FailureCode.STORAGE_LINK_LOOP),
            Map.entry("Symbolic link loop", FailureCode.STORAGE_LINK_LOOP),
            Map.entry(SYMBOLIC_LINK, FailureCode.STORAGE_SYMBOLIC_LINK),
            Map.entry(NOT_A_DIRECTORY, FailureCode.STORAGE_NOT_A_DIRECTORY),
            Map.entry("Stale file handle", FailureCode.STORAGE_STALE_HANDLE),
            Map.entry("Stale NFS file handle", FailureCode.STORAGE_STALE_HANDLE),
            Map.entry("Too many open files", FailureCode.STORAGE_TOO_MANY_OPEN_FILES),
            Map.entry("No file descriptors available", FailureCode.STORAGE_TOO_MANY_OPEN_FILES),
            Map.entry("File too large", FailureCode.STORAGE_FILE_TOO_LARGE),
            Map.entry(NO_SUCH_FILE, FailureCode.STORAGE_MISSING));

    /** Names the reason of an error that was met at a path. */
    static StorageReason of(IOException error, Path where) {
        var words = wordsOf(error);
        return new StorageReason(refined(codeOf(error, words, where), where), words);
    }

    static Optional<Long> freeBytes(Path where) {
        try {
            return Optional.of(storeOf(where).getUsableSpace());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static FailureCode codeOf(IOException error, String words, Path where) {
        for (var known : CODES) {
            if (words.contains(known.getKey())) {
                return known.getValue();
            }
        }
        return error instanceof FileSystemException ? FailureCode.STORAGE_FAILED : byLooking(where);
    }

    /** One errno may have two reasons that call for different remedies. */
    private static FailureCode refined(FailureCode code, Path where) {
        return switch (code) {
            // What could not even be made while bytes are free lacks an inode; what could not grow lacks room.
            case STORAGE_FULL ->
                Files.notExists(where, LinkOption.NOFOLLOW_LINKS)
                                && freeBytes(where)
                                        .filter(free -> free > ALMOST_NOTHING)
                                        .isPresent()
                        ? FailureCode.STORAGE_INODES_EXHAUSTED
                        : code;
            // Opened so that links are not followed, a link that leads somewhere gives ELOOP too.
            case STORAGE_LINK_LOOP ->
                Files.isSymbolicLink(where) && Files.exists(where) ? FailureCode.STORAGE_SYMBOLIC_LINK : code;
            default -> code;
        };
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

    private static String wordsOf(IOException error) {
        return switch (error) {
            case NoSuchFileException e -> NO_SUCH_FILE;
            case AccessDeniedException e -> "Permission denied";
            case FileAlreadyExistsException e -> "File exists";
            case NotDirectoryException e -> NOT_A_DIRECTORY;
            case FileSystemLoopException e -> "Too many levels of symbolic links";
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
}
