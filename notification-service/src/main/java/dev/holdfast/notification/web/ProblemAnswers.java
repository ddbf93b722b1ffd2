package dev.holdfast.notification.web;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever goes wrong in a request into {@code application/problem+json} with a {@code code}, and a {@code fix}. */
@RestControllerAdvice
class ProblemAnswers extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAnswers.class);

    private static final String RETRY_AFTER_SECONDS = "5";

    @ExceptionHandler
    ProblemDetail handle(InvalidParameters e) {
        var problem = problem(
                HttpStatus.BAD_REQUEST,
                "VALIDATION_FAILED",
                e.errors().getFirst().message(),
                "correct the parameters that errors lists");
        problem.setProperty("errors", e.errors());
        return problem;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(QueryTimeoutException e) {
        log.warn("a query took too long: {}", e.getMessage());
        return tryLater("QUERY_TOO_SLOW", "the query took too long", "narrow it by source, backup or time");
    }

    @ExceptionHandler({DataAccessException.class, CannotCreateTransactionException.class})
    ResponseEntity<ProblemDetail> handleDatabase(RuntimeException e) {
        log.error("the database could not answer a request", e);
        return tryLater("DATABASE_UNAVAILABLE", "the database does not answer", "see whether it runs, then try again");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(AmqpException e) {
        log.error("the broker did not take a message", e);
        return tryLater(
                "BROKER_UNAVAILABLE",
                "the broker did not take the message; it stays parked",
                "see whether the broker runs, then try again");
    }

    @ExceptionHandler
    ProblemDetail handle(RuntimeException e) {
        log.error("a request failed unexpectedly", e);
        return problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "UNEXPECTED",
                "this should not happen",
                "report it with the time and the log of the notification-service");
    }

    /** What Spring itself refuses (no such path, method, media type) gets its status as the code. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var answer = super.handleExceptionInternal(e, body, headers, status, request);
        if (answer != null && answer.getBody() instanceof ProblemDetail problem) {
            var known = HttpStatus.resolve(status.value());
            complete(problem, known == null ? "HTTP_" + status.value() : known.name());
            if (problem.getProperties() == null || !problem.getProperties().containsKey(Refusal.FIX)) {
                problem.setProperty(Refusal.FIX, fix(status));
            }
        }
        return answer;
    }

    private static String fix(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> "see /v3/api-docs of the api-service for what there is";
            case 405 -> "use a method that the header Allow names";
            case 406 -> "accept application/json";
            default ->
                status.is5xxServerError()
                        ? "report it with the time and the log of the notification-service"
                        : "see /v3/api-docs of the api-service for what is asked how";
        };
    }

    private static ResponseEntity<ProblemDetail> tryLater(String code, String detail, String fix) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem(HttpStatus.SERVICE_UNAVAILABLE, code, detail, fix));
    }

    private static ProblemDetail problem(HttpStatus status, String code, String detail, String fix) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        complete(problem, code);
        problem.setProperty(Refusal.FIX, fix);
        return problem;
    }

    /** The type is a name that says as much as the code, as the api-service has it, which passes this through. */
    private static void complete(ProblemDetail problem, String code) {
        problem.setType(URI.create(
                "urn:holdfast:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-')));
        problem.setProperty("code", code);
    }
}
