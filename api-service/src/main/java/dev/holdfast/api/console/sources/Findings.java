package dev.holdfast.api.console.sources;

import dev.holdfast.api.source.PreflightReport;
import dev.holdfast.api.web.problem.ApiProblem;
import java.util.function.Supplier;
import org.springframework.ui.Model;

/** Puts into a page what a test has found, or why there was no test. */
public final class Findings {
    /** The template of the findings alone. */
    public static final String FRAGMENT = "console/sources/findings :: findings";

    private final Model model;

    Findings(Model model) {
        this.model = model;
    }

    void of(Supplier<PreflightReport> test) {
        try {
            model.addAttribute("report", test.get());
        } catch (ApiProblem problem) {
            model.addAttribute("testProblem", problem);
        }
    }
}
