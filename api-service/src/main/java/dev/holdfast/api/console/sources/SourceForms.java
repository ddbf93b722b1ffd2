package dev.holdfast.api.console.sources;

import dev.holdfast.api.console.Notice;
import dev.holdfast.api.source.EditSources;
import dev.holdfast.api.source.Source;
import dev.holdfast.api.source.Sources;
import dev.holdfast.api.source.TestSource;
import dev.holdfast.api.web.IfMatch;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.id.SourceId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The form that adds or changes a source, and tests it before that. */
@Controller
@RequestMapping("/sources")
class SourceForms {
    private static final String FORM = "console/sources/form";

    private final Sources sources;
    private final EditSources edit;
    private final TestSource test;
    private final FormCheck check;

    SourceForms(Sources sources, EditSources edit, TestSource test, FormCheck check) {
        this.sources = sources;
        this.edit = edit;
        this.test = test;
        this.check = check;
    }

    @GetMapping("/new")
    String empty(Model model) {
        return form(SourceForm.empty(), null, model);
    }

    /** @param then where to go on; the first steps, where they lead here */
    @PostMapping
    String add(
            @ModelAttribute SourceForm given,
            @RequestParam(defaultValue = "") String then,
            HttpServletResponse response,
            Model model) {
        var checked = check.check(given, null);
        model.addAttribute("then", then);
        if (checked.request() == null) {
            return refused(checked, null, response, model);
        }
        try {
            var source = edit.create(checked.request());
            return "redirect:"
                    + (then.equals("welcome") ? "/welcome" : Notice.SOURCE_ADDED.on("/sources/" + source.id()));
        } catch (ApiProblem problem) {
            return refused(problem, checked, null, response, model);
        }
    }

    @GetMapping("/{id}/edit")
    String filled(@PathVariable UUID id, Model model) {
        var source = found(id);
        return form(SourceForm.of(source), source, model);
    }

    @PostMapping("/{id}/edit")
    String change(@PathVariable UUID id, @ModelAttribute SourceForm given, HttpServletResponse response, Model model) {
        var source = found(id);
        var checked = check.check(given, source);
        if (checked.request() == null) {
            return refused(checked, source, response, model);
        }
        try {
            edit.change(source.id(), checked.request(), IfMatch.of(given.version()));
            return "redirect:" + Notice.SOURCE_CHANGED.on("/sources/" + id);
        } catch (ApiProblem problem) {
            return refused(problem, checked, source, response, model);
        }
    }

    /** Tests what the form says; findings alone for the script, so that the form keeps its password, or else the whole page. */
    @PostMapping({"/test", "/{id}/edit/test"})
    String test(
            @PathVariable(required = false) @Nullable UUID id,
            @ModelAttribute SourceForm given,
            @RequestHeader(name = "HX-Request", required = false) boolean partial,
            HttpServletResponse response,
            Model model) {
        var source = id == null ? null : found(id);
        var checked = check.check(given, source);
        form(checked.form(), source, model);
        model.addAttribute("errors", checked.errors());
        model.addAttribute("untestable", checked.request() == null);
        if (checked.request() != null) {
            var request = Objects.requireNonNull(checked.request());
            new Findings(model).of(() -> test.test(request, source));
        }
        if (model.getAttribute("testProblem") instanceof ApiProblem problem
                && tellAtFields(problem, model)
                && !partial) {
            response.setStatus(problem.code().status());
        }
        return partial ? Findings.FRAGMENT : FORM;
    }

    private static String refused(
            CheckedForm checked, @Nullable Source source, HttpServletResponse response, Model model) {
        response.setStatus(ProblemCode.VALIDATION_FAILED.status());
        model.addAttribute("errors", checked.errors());
        return form(checked.form(), source, model);
    }

    private static String refused(
            ApiProblem problem,
            CheckedForm checked,
            @Nullable Source source,
            HttpServletResponse response,
            Model model) {
        response.setStatus(problem.code().status());
        model.addAttribute("problem", problem);
        tellAtFields(problem, model);
        return form(checked.form(), source, model);
    }

    /** Whether it is of some fields; they have the names that REST has. */
    private static boolean tellAtFields(ApiProblem problem, Model model) {
        var errors = new TreeMap<String, String>();
        for (var error : problem.errors()) {
            if (error.pointer() != null) {
                errors.put(error.pointer().substring(1), error.message());
            }
        }
        if (!errors.isEmpty()) {
            model.addAttribute("errors", errors);
        }
        return !errors.isEmpty();
    }

    private static String form(SourceForm form, @Nullable Source source, Model model) {
        FormModel.fill(form, source, model);
        return FORM;
    }

    private Source found(UUID id) {
        return sources.find(new SourceId(id))
                .orElseThrow(() -> new ApiProblem(ProblemCode.SOURCE_NOT_FOUND, "no source has the id " + id));
    }
}
