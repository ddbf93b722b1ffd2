package dev.holdfast.api.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * Turns whatever a controller or Spring MVC throws into a problem, or into a page where a person's browser asked for one; what nobody
 * expected is logged once, here.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    private static final Map<String, String> CODES =
            Map.of("NotNull", "REQUIRED", "Min", "OUT_OF_RANGE", "Max", "OUT_OF_RANGE", "Size", "OUT_OF_RANGE");

    @ExceptionHandler
    Object refused(ApiProblem problem, HttpServletRequest request) {
        if (problem.getCause() != null) {
            LOG.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), problem.detail(), problem.getCause());
        }
        return answer(problem, request, HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    Object unreadable(HttpMessageNotReadableException unreadable, HttpServletRequest request) {
        return answer(JsonProblems.of(unreadable), request, HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    Object invalid(MethodArgumentNotValidException invalid, HttpServletRequest request) {
        var errors = invalid.getBindingResult().getFieldErrors().stream()
                .map(ProblemHandler::fieldProblem)
                .distinct()
                .sorted(Comparator.comparing(error -> String.valueOf(error.pointer())))
                .toList();
        var detail =
                errors.isEmpty() ? "the body is not valid" : errors.getFirst().message();
        return answer(new ApiProblem(ProblemCode.VALIDATION_FAILED, detail, errors, null), request, HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    Object mistyped(MethodArgumentTypeMismatchException mistyped, HttpServletRequest request) {
        var problem = mistyped.getParameter().hasParameterAnnotation(PathVariable.class)
                ? new ApiProblem(ProblemCode.NOT_FOUND, "there is nothing with this id")
                : ApiProblem.invalid(FieldProblem.parameter(
                        mistyped.getName(), "has a value that is not possible", FieldProblem.INVALID));
        return answer(problem, request, HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    Object incomplete(MissingServletRequestParameterException missing, HttpServletRequest request) {
        var error = FieldProblem.parameter(missing.getParameterName(), "is required", "REQUIRED");
        return answer(ApiProblem.invalid(error), request, HttpHeaders.EMPTY);
    }

    /** The container finds out only when somebody asks for the first parameter. */
    @ExceptionHandler
    Object undecodable(InvalidParameterException undecodable, HttpServletRequest request) {
        return answer(
                new ApiProblem(ProblemCode.BAD_REQUEST, "the query is not percent-encoded UTF-8"),
                request,
                HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    Object invalid(HandlerMethodValidationException invalid, HttpServletRequest request) {
        var errors = invalid.getParameterValidationResults().stream()
                .map(result -> FieldProblem.parameter(
                        String.valueOf(result.getMethodParameter().getParameterName()),
                        String.valueOf(result.getResolvableErrors().getFirst().getDefaultMessage()),
                        FieldProblem.INVALID))
                .toList();
        var problem =
                new ApiProblem(ProblemCode.VALIDATION_FAILED, errors.getFirst().message(), errors, null);
        return answer(problem, request, HttpHeaders.EMPTY);
    }

    /** A client went away in the middle of a live stream: nobody is left to be answered. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException gone) {
        LOG.debug("a client has left", gone);
    }

    @ExceptionHandler
    Object unexpected(Exception thrown, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            // Too late for an answer: the container must cut the connection, so that the client sees a broken transfer.
            throw thrown;
        }
        if (thrown instanceof ErrorResponse framework
                && framework.getStatusCode().value() != 500) {
            return answer(known(framework), request, framework.getHeaders());
        }
        if (DatabaseOutage.caused(thrown)) {
            LOG.warn(
                    "{} {}: the database does not answer: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    thrown.toString());
            return answer(
                    new ApiProblem(ProblemCode.DATABASE_UNAVAILABLE, "nothing was changed by this request"),
                    request,
                    HttpHeaders.EMPTY);
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), thrown);
        return answer(
                new ApiProblem(ProblemCode.UNEXPECTED, "the reason is in the log of the api-service"),
                request,
                HttpHeaders.EMPTY);
    }

    private static ApiProblem known(ErrorResponse framework) {
        int status = framework.getStatusCode().value();
        var code = Problem.codeOf(status);
        return new ApiProblem(code, code.title().toLowerCase(Locale.ROOT));
    }

    private static FieldProblem fieldProblem(FieldError error) {
        var pointer = "/" + error.getField().replaceAll("\\[(\\d+)]", ".$1").replace('.', '/');
        var code = CODES.getOrDefault(String.valueOf(error.getCode()), FieldProblem.INVALID);
        return FieldProblem.at(pointer, String.valueOf(error.getDefaultMessage()), code);
    }

    private static Object answer(ApiProblem problem, HttpServletRequest request, HttpHeaders headers) {
        var body = Problem.of(problem.code(), problem.detail(), request.getRequestURI(), List.copyOf(problem.errors()));
        if (Browser.isAsking(request)) {
            return ProblemPage.of(body);
        }
        var answer =
                ResponseEntity.status(problem.code().status()).headers(headers).contentType(Problem.JSON);
        if (problem.code().status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, Problem.RETRY_AFTER_SECONDS);
        }
        return answer.body(body);
    }
}
