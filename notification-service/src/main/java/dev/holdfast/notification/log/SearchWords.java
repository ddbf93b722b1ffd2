package dev.holdfast.notification.log;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How texts are compared in a search: without regard to case or to how accents are composed. Folded here and not by the
 * database, whose lower() depends on its locale.
 */
final class SearchWords {
    private SearchWords() {}

    /** The form in which texts are stored and searched for. */
    static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** A LIKE pattern per word of what somebody typed; the pattern characters in it stand for themselves. */
    static List<String> patterns(String typed) {
        return Arrays.stream(fold(typed).split("[\\s\\p{Z}]+"))
                .filter(word -> !word.isEmpty())
                .map(word ->
                        "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
                .toList();
    }
}
