package dev.holdfast.common.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a backup may be made of. */
public enum BackupPart {
    @JsonProperty("database")
    DATABASE,
    @JsonProperty("media")
    MEDIA
}
