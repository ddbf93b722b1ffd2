package dev.holdfast.worker.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.holdfast.common.event.Artifact;
import org.jspecify.annotations.Nullable;

/**
 * What lies on the volume of one file of a sealed backup, now.
 *
 * @param sha256 that was recorded
 * @param foundSha256 that it has now; absent where it could not be read
 * @param detail why it could not be read
 */
record CheckedArtifact(
        String file,
        Finding finding,
        String sha256,
        @Nullable String foundSha256,
        @Nullable String detail) {

    /** How it came out. */
    enum Finding {
        @JsonProperty("whole")
        WHOLE,
        @JsonProperty("changed")
        CHANGED,
        @JsonProperty("missing")
        MISSING,
        @JsonProperty("unreadable")
        UNREADABLE
    }

    static CheckedArtifact read(Artifact recorded, Artifact found) {
        var finding = found.equals(recorded) ? Finding.WHOLE : Finding.CHANGED;
        return new CheckedArtifact(recorded.file(), finding, recorded.sha256(), found.sha256(), null);
    }

    static CheckedArtifact missing(Artifact recorded) {
        return new CheckedArtifact(recorded.file(), Finding.MISSING, recorded.sha256(), null, null);
    }

    static CheckedArtifact unreadable(Artifact recorded, String why) {
        return new CheckedArtifact(recorded.file(), Finding.UNREADABLE, recorded.sha256(), null, why);
    }
}
