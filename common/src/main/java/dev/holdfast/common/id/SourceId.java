package dev.holdfast.common.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies one source; on the wire it is a plain UUID string. */
public record SourceId(@JsonValue UUID value) {

    @JsonCreator
    public SourceId {}

    /** A new, time-ordered id. */
    public static SourceId next() {
        return new SourceId(Uuids.next());
    }

    /**
     * Reads an id back from its text.
     *
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static SourceId of(String text) {
        return new SourceId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
