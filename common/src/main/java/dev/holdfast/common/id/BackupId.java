package dev.holdfast.common.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one backup; on the wire it is a plain UUID string. */
public record BackupId(@JsonValue UUID value) {

    @JsonCreator
    public BackupId {}

    /** A new, time-ordered id. */
    public static BackupId next() {
        return new BackupId(Uuids.next());
    }

    /**
     * Reads an id back from its text.
     *
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static BackupId of(String text) {
        return new BackupId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
