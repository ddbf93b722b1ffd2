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
        var code = codeOf(status);
        var problem = Problem.of(code, code.title(), path, List.of());
        return Browser.isAsking(request, path)
                ? ProblemPage.of(problem)
                : ResponseEntity.status(code.status()).contentType(Problem.JSON).body(problem);
    }

    /** What stands for a status that came without a code. */
    static ProblemCode codeOf(int status) {
        return switch (status) {
            case 403 -> ProblemCode.ORIGIN_NOT_ALLOWED;
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 406 -> ProblemCode.NOT_ACCEPTABLE;
            case 413 -> ProblemCode.BODY_TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            case 416 -> ProblemCode.RANGE_NOT_SATISFIABLE;
            case 503 -> ProblemCode.UPSTREAM_UNAVAILABLE;
            default -> status >= 400 && status < 500 ? ProblemCode.BAD_REQUEST : ProblemCode.UNEXPECTED;
        };
    }
}
