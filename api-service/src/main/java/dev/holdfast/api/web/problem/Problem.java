package dev.holdfast.api.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * What every refused request is answered with (RFC 9457).
 *
 * @param instance the path of the request
 * @param code stable, for programs
 * @param fix what the client can do about it
 * @param errors what is wrong with which field
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        @Schema(example = "urn:holdfast:problem:validation-failed")
        String type,

        @Schema(example = "The request is not valid") String title,
        @Schema(example = "400") int status,
        @Schema(example = "must be from 1 to 65535") String detail,
        @Schema(example = "/api/v1/sources") String instance,
        @Schema(example = "VALIDATION_FAILED") String code,

        @Schema(example = "correct what errors lists") @Nullable
        String fix,

        List<FieldProblem> errors) {
    /** Its content type. */
    public static final MediaType JSON = MediaType.APPLICATION_PROBLEM_JSON;

    /** Whether a client should come back by itself, and after how many seconds. */
    static final String RETRY_AFTER_SECONDS = "5";

    static Problem of(ProblemCode code, String detail, String instance, List<FieldProblem> errors) {
        return new Problem(code.type(), code.title(), code.status(), detail, instance, code.name(), code.fix(), errors);
    }
}
