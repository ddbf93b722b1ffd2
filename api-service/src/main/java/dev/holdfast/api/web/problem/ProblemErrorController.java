package dev.holdfast.api.web.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what failed outside of any controller: in a filter, or by the container's own judgement. */
@Hidden
@RestController
class ProblemErrorController implements ErrorController {

    @RequestMapping("${spring.web.error.path:/error}")
    Object error(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer known ? known : 404;
        var path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
                ? uri
                : request.getRequestURI();
        var outage = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown
                && DatabaseOutage.caused(thrown);
        var code = outage ? ProblemCode.DATABASE_UNAVAILABLE : codeOf(status);
        // A filter that refuses a page leaves its reason in the request.
        var problem = request.getAttribute(ApiProblem.class.getName()) instanceof ApiProblem known
                ? Problem.of(known.code(), known.detail(), path, List.of())
                : Problem.of(code, code.title(), path, List.of());
        return Browser.isAsking(request, path)
                ? ProblemPage.of(problem)
                : ResponseEntity.status(problem.status())
                        .contentType(Problem.JSON)
                        .body(problem);
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
            case 503 -> ProblemCode.UPSTREAM_UNAVAILABLE;
            default -> status >= 400 && status < 500 ? ProblemCode.BAD_REQUEST : ProblemCode.UNEXPECTED;
        };
    }
}
