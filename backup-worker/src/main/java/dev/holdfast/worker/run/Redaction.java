package dev.holdfast.worker.run;

import dev.holdfast.common.failure.Failure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes one run's password out of every text that leaves the run, in each form in which a tool might repeat it. A short one is masked
 * where it stands alone: within other words it is those words, which would read as riddles, and the gaps would spell the password.
 */
final class Redaction {
    private static final String MASK = "***";
    private static final int SHORT = 6;
    private static final String WORD = "[\\p{L}\\p{N}_]";

    private volatile List<Pattern> forms = List.of();

    /** From here on this secret is masked. */
    void hide(String secret) {
        if (secret.isEmpty()) {
            return;
        }
        var form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        forms = Stream.of(secret, form, form.replace("+", "%20"), secret.replace("'", "''"), secret.replace("'", "\\'"))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Redaction::pattern)
                .toList();
    }

    private static Pattern pattern(String form) {
        var literal = Pattern.quote(form);
        return Pattern.compile(form.length() < SHORT ? "(?<!" + WORD + ")" + literal + "(?!" + WORD + ")" : literal);
    }

    String apply(String text) {
        var masked = text;
        for (var form : forms) {
            masked = form.matcher(masked).replaceAll(MASK);
        }
        return masked;
    }

    /** Remedies stay as they are: their facts are names, never the password. */
    Failure apply(Failure failure) {
        return new Failure(
                failure.code(),
                apply(failure.summary()),
                failure.cause(),
                apply(failure.detail()),
                failure.remedies(),
                failure.retryable());
    }
}
