package dev.holdfast.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.failure.FailureCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StorageErrorsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_of_the_file_system_has_its_code_and_keeps_its_words(
            IOException error, FailureCode code, String words) {
        var failure = StorageErrors.classify(error, directory).failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.detail()).contains(words);
        assertThat(failure.remedies())
                .flatExtracting(remedy -> remedy.commands())
                .noneMatch(command -> command.contains("<path>"));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(
                        new AccessDeniedException("/"), FailureCode.STORAGE_PERMISSION_DENIED, "Permission denied"),
                Arguments.of(named("Permission denied"), FailureCode.STORAGE_PERMISSION_DENIED, "Permission denied"),
                Arguments.of(named("Operation not permitted"), FailureCode.STORAGE_OPERATION_NOT_PERMITTED, "lsattr"),
                Arguments.of(
                        new FileNotFoundException("/x (Permission denied)"),
                        FailureCode.STORAGE_PERMISSION_DENIED,
                        "Permission denied"),
                Arguments.of(named("Symbolic link loop"), FailureCode.STORAGE_LINK_LOOP, "Symbolic link loop"),
                Arguments.of(named("I/O error"), FailureCode.STORAGE_IO_ERROR, "I/O error"),
                Arguments.of(named("Filename too long"), FailureCode.STORAGE_NAME_TOO_LONG, "Filename too long"),
                Arguments.of(named("Read-only file system"), FailureCode.STORAGE_READ_ONLY, "mount /"),
                Arguments.of(named("No space left on device"), FailureCode.STORAGE_FULL, "df -i"),
                Arguments.of(new IOException("No space left on device"), FailureCode.STORAGE_FULL, "No space left"),
                Arguments.of(named("Disk quota exceeded"), FailureCode.STORAGE_QUOTA_EXCEEDED, "the quota of uid "),
                Arguments.of(named("Quota exceeded"), FailureCode.STORAGE_QUOTA_EXCEEDED, "the quota of uid "),
                Arguments.of(new IOException("Input/output error"), FailureCode.STORAGE_IO_ERROR, "Input/output error"),
                Arguments.of(named("File too large"), FailureCode.STORAGE_FILE_TOO_LARGE, "File too large"),
                Arguments.of(
                        named("Too many open files"), FailureCode.STORAGE_TOO_MANY_OPEN_FILES, "Too many open files"),
                Arguments.of(named("File name too long"), FailureCode.STORAGE_NAME_TOO_LONG, "File name too long"),
                Arguments.of(named("Stale file handle"), FailureCode.STORAGE_STALE_HANDLE, "Stale file handle"),
                Arguments.of(new NoSuchFileException("/x"), FailureCode.STORAGE_MISSING, "No such file"),
                Arguments.of(
                        new AtomicMoveNotSupportedException("/a", "/b", "Invalid cross-device link"),
                        FailureCode.STORAGE_FAILED,
                        "another file system than /b"),
                Arguments.of(new ClosedByInterruptException(), FailureCode.STORAGE_FAILED, "interrupted"));
    }

    private static FileSystemException named(String reason) {
        return new FileSystemException("/", null, reason);
    }
}
