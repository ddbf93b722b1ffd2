package dev.holdfast.api.console.sources;

import dev.holdfast.api.source.SourceRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A form that was looked at.
 *
 * @param form as it goes back into the page, without secrets
 * @param request absent where something is wrong
 * @param errors what is wrong, by the name of the field
 */
record CheckedForm(SourceForm form, @Nullable SourceRequest request, Map<String, String> errors) {

    static CheckedForm wrong(SourceForm form, Map<String, String> errors) {
        return new CheckedForm(form.withoutSecrets(), null, errors);
    }
}
