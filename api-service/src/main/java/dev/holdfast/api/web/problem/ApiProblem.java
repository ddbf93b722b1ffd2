package dev.holdfast.api.web.problem;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request is refused, and it is known why: thrown where that is seen, answered as problem+json. */
public final class ApiProblem extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final ProblemCode code;
    private final transient List<FieldProblem> errors;

    public ApiProblem(ProblemCode code, String detail, FieldProblem... errors) {
        this(code, detail, List.of(errors), null);
    }

    public ApiProblem(ProblemCode code, String detail, List<FieldProblem> errors, @Nullable Throwable cause) {
        super(detail, cause, false, cause != null);
        this.code = code;
        this.errors = errors;
    }

    /** One field or parameter is wrong. */
    public static ApiProblem invalid(FieldProblem error) {
        return new ApiProblem(ProblemCode.VALIDATION_FAILED, error.message(), error);
    }

    public ProblemCode code() {
        return code;
    }

    /** What is wrong with this very request, free of secrets. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldProblem> errors() {
        return errors;
    }
}
