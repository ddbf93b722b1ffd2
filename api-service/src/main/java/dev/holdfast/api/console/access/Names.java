package dev.holdfast.api.console.access;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the forms of this package ask of their fields before anything is done with them. */
final class Names {
    private Names() {}

    static void requireSame(String password, String repeated) {
        if (!password.equals(repeated)) {
            throw ApiProblem.invalid(FieldProblem.at("/repeated", "is not the same password", FieldProblem.INVALID));
        }
    }

    /** What is wrong, by the field's name; what concerns no field stands under the empty one. */
    static Map<String, String> errors(ApiProblem refused) {
        var errors = new LinkedHashMap<String, String>();
        refused.errors()
                .forEach(error -> errors.put(
                        error.pointer() == null ? "" : error.pointer().substring(1), error.message()));
        if (errors.isEmpty()) {
            errors.put("", refused.detail());
        }
        return errors;
    }
}
