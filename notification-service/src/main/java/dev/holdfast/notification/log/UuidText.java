package dev.holdfast.notification.log;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Recognises UUIDs in their one full form; the JDK's parser takes shortened ones as well. */
final class UuidText {
    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private UuidText() {}

    static Optional<UUID> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
