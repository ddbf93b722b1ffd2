package dev.holdfast.worker.verify;

import dev.holdfast.common.failure.BackupException;
import dev.holdfast.common.failure.Failure;
import dev.holdfast.common.failure.FailureCode;
import java.nio.file.Path;
import java.util.Map;

/** Words for an artifact that does not read back whole. */
final class Invalid {
    private Invalid() {}

    static BackupException artifact(Path file, String detail) {
        return new BackupException(failure(file, detail));
    }

    static BackupException artifact(Path file, String detail, Throwable cause) {
        return new BackupException(failure(file, detail), cause);
    }

    private static Failure failure(Path file, String detail) {
        var summary = "%s does not read back whole".formatted(file.getFileName());
        return Failure.of(FailureCode.ARTIFACT_INVALID, summary, detail, Map.of("path", file.toString()));
    }
}
