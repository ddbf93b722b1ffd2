package dev.holdfast.api.console.sources;

import dev.holdfast.api.console.Notice;
import dev.holdfast.api.source.EditSources;
import dev.holdfast.api.source.TestSource;
import dev.holdfast.api.web.IfMatch;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.id.SourceId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The sources at a glance, and one of them with what can be done to it. */
@Controller
@RequestMapping("/sources")
class SourcePages {
    private static final String ONE = "console/sources/one";

    private final SourceGlances glances;
    private final EditSources edit;
    private final TestSource test;

    SourcePages(SourceGlances glances, EditSources edit, TestSource test) {
        this.glances = glances;
        this.edit = edit;
        this.test = test;
    }

    @GetMapping
    String all(@ModelAttribute("query") SourceQuery query, Model model) {
        var page = glances.page(query);
        model.addAttribute("glances", page.items());
        model.addAttribute("address", query.address(query.after()));
        model.addAttribute("first", query.after() == null ? null : query.address(null));
        model.addAttribute("next", page.next() == null ? null : query.address(page.next()));
        return "console/sources/list";
    }

    @GetMapping("/{id}")
    String one(@PathVariable UUID id, Model model) {
        return one(found(id), model);
    }

    /** Its findings alone for the script, the whole page without it. */
    @PostMapping("/{id}/test")
    String test(
            @PathVariable UUID id, @RequestHeader(name = "HX-Request", required = false) boolean partial, Model model) {
        var glance = found(id);
        new Findings(model).of(() -> test.test(glance.source()));
        var page = one(glance, model);
        return partial ? Findings.FRAGMENT : page;
    }

    @PostMapping("/{id}/pause")
    String pause(@PathVariable UUID id) {
        edit.pause(new SourceId(id), true);
        return "redirect:" + Notice.SOURCE_PAUSED.on("/sources/" + id);
    }

    @PostMapping("/{id}/resume")
    String resume(@PathVariable UUID id) {
        edit.pause(new SourceId(id), false);
        return "redirect:" + Notice.SOURCE_RESUMED.on("/sources/" + id);
    }

    /** @param typed the source's name, as a sign that it is meant */
    @PostMapping("/{id}/delete")
    String delete(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String typed,
            @RequestParam(defaultValue = "*") String version,
            HttpServletResponse response,
            Model model) {
        var glance = found(id);
        if (!typed.strip().equals(glance.source().name())) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("deleteError", "This is not its name: nothing was deleted.");
            return one(glance, model);
        }
        try {
            edit.delete(glance.source().id(), IfMatch.of(version));
        } catch (ApiProblem problem) {
            response.setStatus(problem.code().status());
            model.addAttribute("deleteError", problem.code().title() + ": " + problem.detail() + ".");
            return one(found(id), model);
        }
        return "redirect:" + Notice.SOURCE_DELETED.on("/sources");
    }

    private String one(SourceGlance glance, Model model) {
        model.addAttribute("glance", glance);
        model.addAttribute("source", glance.source());
        return ONE;
    }

    private SourceGlance found(UUID id) {
        return glances.one(new SourceId(id))
                .orElseThrow(() -> new ApiProblem(ProblemCode.SOURCE_NOT_FOUND, "no source has the id " + id));
    }
}
