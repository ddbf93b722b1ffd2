package dev.holdfast.common.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a backup takes along. */
public enum BackupType {
    /** The database, the server's roles where the user may read them, and the media where asked for. */
    @JsonProperty("full")
    FULL,
    /** The database alone. */
    @JsonProperty("database")
    DATABASE,
    /** The media alone. */
    @JsonProperty("media")
    MEDIA
}
