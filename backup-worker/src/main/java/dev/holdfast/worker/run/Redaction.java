package dev.holdfast.worker.run;

import dev.holdfast.common.failure.Failure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Takes one run's password out of every text that leaves the run, in each form in which a tool might repeat it. */
final class Redaction {
    private static final String MASK = "***";

    private volatile List<String> forms = List.of();

    /** From here on this secret is masked. */
    void hide(String secret) {
        if (secret.isEmpty()) {
            return;
        }
        var form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        forms = Stream.of(secret, form, form.replace("+", "%20"), secret.replace("'", "''"), secret.replace("'", "\\'"))
                .distinct()
                .sorted((one, other) -> Integer.compare(other.length(), one.length()))
                .toList();
    }

    String apply(String text) {
        var masked = text;
        for (String form : forms) {
            masked = masked.replace(form, MASK);
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
