package dev.holdfast.api.account;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** What an account is called: by something that people can see, so that no two look the same but for what they can't. */
final class AccountName {
    private static final Pattern UNSEEN = Pattern.compile("\\p{C}|\\p{Zl}|\\p{Zp}");

    private AccountName() {}

    /** The name in its composed form (Unicode NFC), as it is stored; for one that is typed, what to look for. */
    static String of(String typed) {
        return Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
    }

    /** @throws ApiProblem when there is something in it that nobody sees */
    static String checked(String wanted) {
        var name = of(wanted);
        if (name.isEmpty() || UNSEEN.matcher(name).find()) {
            throw ApiProblem.invalid(FieldProblem.at(
                    "/name", "must have characters that can be seen, and no others", FieldProblem.INVALID));
        }
        return name;
    }
}
