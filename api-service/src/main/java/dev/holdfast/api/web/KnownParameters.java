package dev.holdfast.api.web;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that an endpoint of REST does not have, or has once: a misspelt filter would answer with everything, and
 * of two values one would be passed over.
 */
@Component
class KnownParameters implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // An error page is asked for with the parameters of the request that went wrong.
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && handler instanceof HandlerMethod method
                && isOurs(method)) {
            var known = known(method);
            var errors = new TreeMap<>(request.getParameterMap())
                    .entrySet().stream()
                            .flatMap(given -> error(given.getKey(), given.getValue(), known).stream())
                            .toList();
            if (!errors.isEmpty()) {
                throw new ApiProblem(
                        ProblemCode.VALIDATION_FAILED, errors.getFirst().message(), errors, null);
            }
        }
        return true;
    }

    private static Optional<FieldProblem> error(String name, String[] values, Set<String> known) {
        if (!known.contains(name)) {
            return Optional.of(FieldProblem.parameter(name, "there is no such parameter here", "UNKNOWN_PARAMETER"));
        }
        return values.length == 1
                ? Optional.empty()
                : Optional.of(FieldProblem.parameter(name, "may be given once", "DUPLICATE_PARAMETER"));
    }

    private static boolean isOurs(HandlerMethod method) {
        return method.getBeanType().getName().startsWith("dev.holdfast.")
                && AnnotatedElementUtils.hasAnnotation(method.getBeanType(), RestController.class);
    }

    private static Set<String> known(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(parameter -> parameter.getParameter().getName())
                .collect(Collectors.toSet());
    }
}
