package dev.holdfast.api.backup;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Turns what somebody types into a search for the beginnings of words. */
final class SearchedWords {
    private SearchedWords() {}

    /** A {@code tsquery} of letters, digits and what is put between them here; one that finds nothing where there is no word. */
    static String query(String text) {
        return Arrays.stream(text.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> "'" + word + "':*")
                .collect(Collectors.joining(" & "));
    }
}
