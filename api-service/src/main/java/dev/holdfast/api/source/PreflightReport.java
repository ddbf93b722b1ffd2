package dev.holdfast.api.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.holdfast.common.failure.Failure;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a backup of a source would meet now, as the worker finds it.
 *
 * @param databaseSizeBytes absent where the database was not reached, like the versions
 */
public record PreflightReport(
        boolean passed,
        @Nullable String serverVersion,
        @Nullable String toolVersion,
        @Nullable Long databaseSizeBytes,
        List<Check> checks) {

    /** One thing that was looked at. */
    public record Check(
            String name,
            Status status,
            String detail,
            @Nullable Failure failure) {}

    /** How a check came out; skipped where something before it failed, or there is nothing to look at. */
    public enum Status {
        @JsonProperty("passed")
        PASSED,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("skipped")
        SKIPPED;

        /** The name on the wire. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
