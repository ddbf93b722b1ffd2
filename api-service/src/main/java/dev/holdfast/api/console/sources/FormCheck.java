package dev.holdfast.api.console.sources;

import dev.holdfast.api.source.Source;
import dev.holdfast.api.source.SourceRequest;
import dev.holdfast.common.address.UnreadableAddress;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.groups.Default;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a request of a form, by the same rules as REST has. */
@Component
class FormCheck {
    private final Validator validator;

    FormCheck(Validator validator) {
        this.validator = validator;
    }

    /** @param stored what is changed; null for a new source */
    CheckedForm check(SourceForm given, @Nullable Source stored) {
        SourceForm form;
        try {
            form = given.resolved();
        } catch (UnreadableAddress e) {
            return CheckedForm.wrong(
                    given,
                    Map.of("address", "This connection string can't be used: " + e.reason() + ". Paste it again."));
        }
        var request = form.request(stored);
        var violations = validator.validate(request, Default.class);
        if (violations.isEmpty() && form.hasKnownMode()) {
            return new CheckedForm(form.withoutSecrets(), request, Map.of());
        }
        var errors = new TreeMap<String, String>();
        violations.forEach(violation -> errors.putIfAbsent(field(violation), violation.getMessage()));
        if (!form.hasKnownMode()) {
            errors.put("sslMode", "must be one of " + String.join(", ", SourceForm.modes()));
        }
        Map.of("host", form.host(), "database", form.database(), "username", form.username())
                .forEach((field, value) ->
                        errors.computeIfPresent(field, (name, message) -> value.isEmpty() ? "is required" : message));
        if (form.name().isEmpty()) {
            // It has none because its database has none.
            errors.remove("name");
        }
        if (!form.password().isEmpty()) {
            errors.putIfAbsent("password", "enter it once more: it is never sent back");
        }
        return CheckedForm.wrong(form, errors);
    }

    private static String field(ConstraintViolation<SourceRequest> violation) {
        var path = violation.getPropertyPath().toString();
        return path.startsWith("mediaPaths") ? "media" : path;
    }
}
