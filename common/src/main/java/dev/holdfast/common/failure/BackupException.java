package dev.holdfast.common.failure;

import java.io.Serial;
import java.util.Map;

/** A backup can't go on, and it is known why: thrown once, where the raw error was seen. */
public final class BackupException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    public BackupException(Failure failure) {
        super(failure.code() + ": " + failure.summary());
        this.failure = failure;
    }

    public BackupException(Failure failure, Throwable cause) {
        super(failure.code() + ": " + failure.summary(), cause);
        this.failure = failure;
    }

    /** Short for a failure with these facts; see {@link Failure#of}. */
    public static BackupException of(FailureCode code, String summary, String detail, Map<String, String> facts) {
        return new BackupException(Failure.of(code, summary, detail, facts));
    }

    public Failure failure() {
        return failure;
    }
}
