package dev.holdfast.api.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a backup stands. */
public enum BackupStatus {
    @JsonProperty("requested")
    REQUESTED,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED;

    /** Whether nothing more will happen unless somebody asks for it. */
    public boolean isFinal() {
        return switch (this) {
            case REQUESTED, RUNNING -> false;
            case COMPLETED, FAILED, CANCELLED -> true;
        };
    }

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
