package dev.holdfast.faults;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A secret that is looked for where none may be, as it is and as Base64 hides it. */
final class Canary {
    private final Map<String, String> places = new TreeMap<>();
    private final List<String> forms = new ArrayList<>();

    Canary(String secret) {
        forms.add(secret);
        for (int offset = 0; offset < 3; offset++) {
            // Wherever it begins within other text, its middle is written in one of three ways.
            var text =
                    Base64.getEncoder().encodeToString(("x".repeat(offset) + secret).getBytes(StandardCharsets.UTF_8));
            forms.add(text.substring(4, text.length() - 4));
        }
    }

    /** Adds a text that must not have it. */
    Canary lookIn(String place, String text) {
        places.merge(place, text, (one, other) -> one + "\n" + other);
        return this;
    }

    /** The places that have it. */
    List<String> found() {
        return places.entrySet().stream()
                .filter(place -> forms.stream().anyMatch(place.getValue()::contains))
                .map(Map.Entry::getKey)
                .toList();
    }
}
