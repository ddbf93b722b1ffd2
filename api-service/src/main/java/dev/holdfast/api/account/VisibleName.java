package dev.holdfast.api.account;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** What an account or a token is called: by something that people can see, so that no two look the same but for what they can't. */
final class VisibleName {
    static final int LONGEST = 100;

    /**
     * Control and format characters, separators of lines, every space but the usual one, and what has a place in Unicode's
     * Default_Ignorable_Code_Point or is blank for another reason: fillers, joiners, variation selectors, the empty braille pattern.
     */
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}[\\p{Zs}&&[^ ]]\\u034F\\u115F\\u1160\\u17B4\\u17B5"
                    + "\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{1D173}-\\x{1D17A}\\x{E0000}-\\x{E0FFF}]");

    private VisibleName() {}

    /** A name as it is stored, and as one that is typed is looked for: in Unicode's composed form (NFC), without spaces around. */
    static String of(String typed) {
        // The database can't even look for a NUL.
        return Normalizer.normalize(typed.replace('\0', '\uFFFD').strip(), Normalizer.Form.NFC);
    }

    /** @throws ApiProblem when it is too long, empty, or has something in it that nobody sees */
    static String checked(String wanted) {
        var name = Normalizer.normalize(wanted.strip(), Normalizer.Form.NFC);
        if (name.isEmpty()
                || name.codePointCount(0, name.length()) > LONGEST
                || UNSEEN.matcher(name).find()) {
            throw ApiProblem.invalid(FieldProblem.at(
                    "/name", "must have from 1 to " + LONGEST + " characters that can be seen", FieldProblem.INVALID));
        }
        return name;
    }

    /** The same of what somebody else calls a person, who is not to be refused for it; empty where nothing of it is left. */
    static String without(String unseen) {
        var name = of(UNSEEN.matcher(unseen).replaceAll(""));
        return name.codePointCount(0, name.length()) > LONGEST
                ? of(name.substring(0, name.offsetByCodePoints(0, LONGEST)))
                : name;
    }
}
