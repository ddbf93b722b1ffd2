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
        var problem = outage
                ? Problem.of(
                        ProblemCode.DATABASE_UNAVAILABLE, ProblemCode.DATABASE_UNAVAILABLE.title(), path, List.of())
                : Problem.ofStatus(status, path);
        // A filter that refuses a page leaves its reason in the request.
        if (request.getAttribute(ApiProblem.class.getName()) instanceof ApiProblem known) {
            problem = Problem.of(known.code(), known.detail(), path, List.of());
        }
        return Browser.isAsking(request, path)
                ? ProblemPage.of(problem)
                : ResponseEntity.status(problem.status())
                        .contentType(Problem.JSON)
                        .body(problem);
    }
}
