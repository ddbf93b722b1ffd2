package dev.holdfast.worker.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.holdfast.common.failure.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backup of a source would meet now.
 *
 * @param databaseSizeBytes absent where the database was not reached, like the versions
 */
record PreflightReport(
        boolean passed,
        @Nullable String serverVersion,
        @Nullable String toolVersion,
        @Nullable Long databaseSizeBytes,
        List<Check> checks) {

    /** One thing that was looked at. */
    record Check(
            String name,
            Status status,
            String detail,
            @Nullable Failure failure) {}

    /** How a check came out. */
    enum Status {
        @JsonProperty("passed")
        PASSED,
        @JsonProperty("failed")
        FAILED,
        /** Could not be looked at, because something before it failed, or there is nothing to look at. */
        @JsonProperty("skipped")
        SKIPPED
    }
}
