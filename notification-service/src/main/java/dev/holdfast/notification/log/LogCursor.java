package dev.holdfast.notification.log;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a page ended: the place of its last entry in the order of the log, opaque to clients. */
record LogCursor(Instant occurredAt, long id) {
    private static final Pattern FORM = Pattern.compile("(-?\\d{1,17}):(\\d{1,18})");

    /** Reads a cursor back; empty when it is none of ours. */
    static Optional<LogCursor> parse(String token) {
        try {
            var form = FORM.matcher(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.ISO_8859_1));
            return form.matches()
                    ? Optional.of(new LogCursor(
                            Instant.EPOCH.plus(Long.parseLong(form.group(1)), ChronoUnit.MICROS),
                            Long.parseLong(form.group(2))))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    String token() {
        var form = ChronoUnit.MICROS.between(Instant.EPOCH, occurredAt) + ":" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(form.getBytes(StandardCharsets.ISO_8859_1));
    }
}
