package dev.holdfast.worker.job;

import java.util.Locale;

/** Where a job is. */
public enum JobState {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED;

    /** Whether nothing more happens unless somebody asks for another attempt. */
    public boolean ended() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case COMPLETED, FAILED, CANCELLED -> true;
        };
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JobState ofColumn(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
