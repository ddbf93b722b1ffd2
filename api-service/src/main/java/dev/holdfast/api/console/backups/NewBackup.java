package dev.holdfast.api.console.backups;

import dev.holdfast.api.backup.BackupRequest;
import dev.holdfast.api.backup.RequestOnce;
import dev.holdfast.api.console.Notice;
import dev.holdfast.api.source.SourceNames;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import jakarta.validation.Validator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The form for a new backup. What it may hold is judged where REST's requests are, and told at the field. */
@Controller
class NewBackup {
    private static final String REST_OF_FORM = "form";

    private final RequestOnce request;
    private final SourceNames names;
    private final Validator validator;

    NewBackup(RequestOnce request, SourceNames names, Validator validator) {
        this.request = request;
        this.names = names;
        this.validator = validator;
    }

    @GetMapping("/backups/new")
    String form(@RequestParam(required = false) @Nullable String source, Model model) {
        model.addAllAttributes(show(BackupForm.blank(source, UUID.randomUUID().toString()), Map.of()));
        return "console/backups/new";
    }

    @PostMapping("/backups")
    ModelAndView create(@ModelAttribute BackupForm form) {
        var wanted = form.request();
        var errors = faults(form, wanted);
        if (errors.isEmpty()) {
            try {
                return new ModelAndView("redirect:" + Notice.BACKUP_REQUESTED.on("/backups/" + accept(wanted, form)));
            } catch (ApiProblem problem) {
                if (problem.code().status() >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
                    throw problem;
                }
                tell(problem, errors);
            }
        }
        return new ModelAndView("console/backups/new", show(form, errors), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private String accept(BackupRequest wanted, BackupForm form) {
        try {
            return RequestOnce.idIn(request.accept(wanted, form.ownKey()));
        } catch (ApiProblem problem) {
            if (problem.code() != ProblemCode.IDEMPOTENCY_KEY_REUSED) {
                throw problem;
            }
            // Somebody went back to the form and changed it: that is another wish.
            return RequestOnce.idIn(request.accept(wanted, null));
        }
    }

    private Map<String, String> faults(BackupForm form, BackupRequest wanted) {
        var errors = new LinkedHashMap<>(form.impossibleChoices());
        validator
                .validate(wanted)
                .forEach(fault -> errors.putIfAbsent(fault.getPropertyPath().toString(), fault.getMessage()));
        return errors;
    }

    private static void tell(ApiProblem problem, Map<String, String> errors) {
        for (var error : problem.errors()) {
            var field = error.pointer() == null ? REST_OF_FORM : error.pointer().substring(1);
            errors.putIfAbsent(field.equals("includeMedia") ? "media" : field, error.message());
        }
        if (errors.isEmpty()) {
            errors.put(REST_OF_FORM, problem.detail());
        }
    }

    private Map<String, ?> show(BackupForm form, Map<String, String> errors) {
        return Map.of("form", form, "errors", errors, "sources", names.choice());
    }
}
