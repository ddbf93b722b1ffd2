package dev.holdfast.api.console.access;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the forms of this package ask of their fields before anything is done with them. */
final class Names {
    /** No control characters, nothing that turns the direction of writing, no spaces around. */
    private static final Pattern POSSIBLE =
            Pattern.compile("[\\P{C}&&\\P{Z}]([\\P{C}&&[^\\p{Zl}\\p{Zp}]]{0,98}[\\P{C}&&\\P{Z}])?");

    private Names() {}

    /** @throws ApiProblem when nobody could tell the name from another one */
    static String checked(String name) {
        var stripped = name.strip();
        if (!POSSIBLE.matcher(stripped).matches()) {
            throw ApiProblem.invalid(FieldProblem.at(
                    "/name", "must have from 1 to 100 characters that can be seen", FieldProblem.INVALID));
        }
        return stripped;
    }

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
