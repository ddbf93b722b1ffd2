package dev.holdfast.api.web;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses query parameters that an endpoint of REST does not have: a misspelt filter would answer with everything. */
@Component
class KnownParameters implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && isOurs(method)) {
            var unknown = new TreeSet<>(request.getParameterMap().keySet());
            unknown.removeAll(known(method));
            if (!unknown.isEmpty()) {
                var errors = unknown.stream()
                        .map(name ->
                                FieldProblem.parameter(name, "there is no such parameter here", "UNKNOWN_PARAMETER"))
                        .toList();
                throw new ApiProblem(ProblemCode.VALIDATION_FAILED, "there is no such parameter here", errors, null);
            }
        }
        return true;
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
