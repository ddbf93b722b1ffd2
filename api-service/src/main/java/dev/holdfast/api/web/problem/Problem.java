package dev.holdfast.api.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.springframework.http.MediaType;

/**
 * What every refused request is answered with (RFC 9457).
 *
 * @param instance the path of the request
 * @param code stable, for programs
 * @param fix what the client can do about it
 * @param errors what is wrong with which field; left out where that is nothing
 */
public record Problem(
        @Schema(example = "urn:holdfast:problem:validation-failed")
        String type,

        @Schema(example = "The request is not valid") String title,
        @Schema(example = "400") int status,
        @Schema(example = "must be from 1 to 65535") String detail,
        @Schema(example = "/api/v1/sources") String instance,
        @Schema(example = "VALIDATION_FAILED") String code,

        @Schema(example = "correct what errors lists") String fix,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldProblem> errors) {
    /** Its content type. */
    public static final MediaType JSON = MediaType.APPLICATION_PROBLEM_JSON;

    /** Whether a client should come back by itself, and after how many seconds. */
    static final String RETRY_AFTER_SECONDS = "5";

    static Problem of(ProblemCode code, String detail, String instance, List<FieldProblem> errors) {
        return new Problem(code.type(), code.title(), code.status(), detail, instance, code.name(), code.fix(), errors);
    }

    /** What the container has refused: its status stays, for several may have one code. */
    static Problem ofStatus(int status, String instance) {
        var code = codeOf(status);
        return new Problem(
                code.type(), code.title(), status, code.title(), instance, code.name(), code.fix(), List.of());
    }

    /** What stands for a status that came without a code. */
    static ProblemCode codeOf(int status) {
        return switch (status) {
            case 401 -> ProblemCode.UNAUTHENTICATED;
            case 403 -> ProblemCode.ORIGIN_NOT_ALLOWED;
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 406 -> ProblemCode.NOT_ACCEPTABLE;
            case 408 -> ProblemCode.BODY_TOO_SLOW;
            case 413 -> ProblemCode.BODY_TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            case 416 -> ProblemCode.RANGE_NOT_SATISFIABLE;
            case 501 -> ProblemCode.NOT_IMPLEMENTED;
            case 503 -> ProblemCode.UPSTREAM_UNAVAILABLE;
            case 505 -> ProblemCode.HTTP_VERSION_NOT_SUPPORTED;
            default -> status >= 400 && status < 500 ? ProblemCode.BAD_REQUEST : ProblemCode.UNEXPECTED;
        };
    }
}
