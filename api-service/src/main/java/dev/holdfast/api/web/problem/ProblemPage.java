package dev.holdfast.api.web.problem;

import java.util.Map;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.servlet.ModelAndView;

/** A problem as a page of the console, for people. */
final class ProblemPage {
    private ProblemPage() {}

    static ModelAndView of(Problem problem) {
        return new ModelAndView("console/error", Map.of("problem", problem), HttpStatusCode.valueOf(problem.status()));
    }
}
