package dev.holdfast.api.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.holdfast.common.failure.Failure;
import io.swagger.v3.oas.annotations.media.Schema;
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
        @Schema(example = "17.9") @Nullable String serverVersion,
        @Schema(example = "17.12") @Nullable String toolVersion,
        @Schema(example = "9000000000") @Nullable Long databaseSizeBytes,
        List<Check> checks) {

    /** One thing that was looked at. */
    @Schema(name = "PreflightCheck", example = """
                    {"name": "privileges", "status": "passed", "detail": "every table, sequence and large object is readable",
                     "failure": null}""")
    public record Check(
            @Schema(example = "privileges") String name,
            Status status,

            @Schema(example = "every table, sequence and large object is readable")
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
