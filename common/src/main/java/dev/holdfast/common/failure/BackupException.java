package dev.holdfast.common.failure;

import java.io.Serial;
import java.util.Map;

/** A backup can't go on, and it is known why: thrown once, where the raw error was seen. */
public final class BackupException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Failure failure;
    private final transient Map<String, String> facts;

    public BackupException(Failure failure) {
        super(failure.code() + ": " + failure.summary());
        this.failure = failure;
        this.facts = Map.of();
    }

    public BackupException(Failure failure, Throwable cause) {
        this(failure, Map.of(), cause);
    }

    public BackupException(Failure failure, Map<String, String> facts, Throwable cause) {
        super(failure.code() + ": " + failure.summary(), cause);
        this.failure = failure;
        this.facts = Map.copyOf(facts);
    }

    /** Short for a failure with these facts; see {@link Failure#of}. */
    public static BackupException of(FailureCode code, String summary, String detail, Map<String, String> facts) {
        return new BackupException(Failure.of(code, summary, detail, facts));
    }

    public Failure failure() {
        return failure;
    }

    /** The facts of the case, for whoever knows more remedies than the code does; empty where it needs none. */
    public Map<String, String> facts() {
        return facts;
    }
}
