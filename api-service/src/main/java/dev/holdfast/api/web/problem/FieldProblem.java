package dev.holdfast.api.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request: where, and why.
 *
 * @param pointer into the body (RFC 6901); absent where the fault is elsewhere
 * @param parameter the query parameter's name
 * @param header the header's name
 * @param code stable, for programs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(example = """
                {"pointer": "/port", "message": "must be from 1 to 65535", "code": "OUT_OF_RANGE"}""")
public record FieldProblem(
        @Schema(example = "/port") @Nullable String pointer,
        @Schema(example = "limit") @Nullable String parameter,
        @Schema(example = "Idempotency-Key") @Nullable String header,
        @Schema(example = "must be from 1 to 65535") String message,
        @Schema(example = "OUT_OF_RANGE") String code) {
    /** The code where nothing more special is known. */
    public static final String INVALID = "INVALID_VALUE";

    /** Something in the body. */
    public static FieldProblem at(String pointer, String message, String code) {
        return new FieldProblem(pointer, null, null, message, code);
    }

    /** A query parameter. */
    public static FieldProblem parameter(String name, String message, String code) {
        return new FieldProblem(null, name, null, message, code);
    }

    /** A header. */
    public static FieldProblem header(String name, String message) {
        return new FieldProblem(null, null, name, message, INVALID);
    }
}
