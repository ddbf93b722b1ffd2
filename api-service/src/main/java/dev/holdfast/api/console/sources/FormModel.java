package dev.holdfast.api.console.sources;

import dev.holdfast.api.source.Source;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;

/** What a page with the form of a source needs. */
public final class FormModel {
    private FormModel() {}

    /** For a new source. */
    public static void empty(Model model) {
        fill(SourceForm.empty(), null, model);
    }

    static void fill(SourceForm form, @Nullable Source source, Model model) {
        model.addAttribute("form", form.withoutSecrets());
        model.addAttribute("source", source);
        model.addAttribute("modes", SourceForm.modes());
        model.addAttribute("role", BackupRole.of(form.database(), source == null ? "" : form.username()));
        model.asMap().putIfAbsent("errors", Map.of());
    }
}
