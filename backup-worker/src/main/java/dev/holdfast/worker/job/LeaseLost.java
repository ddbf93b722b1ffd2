package dev.holdfast.worker.job;

import dev.holdfast.common.id.BackupId;
import java.io.Serial;

/** Another worker has taken the job over: this attempt may change and publish nothing any more. */
public final class LeaseLost extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    LeaseLost(BackupId id, int attempt) {
        super("attempt %d of backup %s is no longer the running one".formatted(attempt, id));
    }
}
