package dev.holdfast.common.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a running backup is, in the order of the recipe. */
public enum BackupPhase {
    @JsonProperty("preflight")
    PREFLIGHT,
    @JsonProperty("dump")
    DUMP,
    @JsonProperty("media")
    MEDIA,
    @JsonProperty("verify")
    VERIFY,
    @JsonProperty("seal")
    SEAL
}
