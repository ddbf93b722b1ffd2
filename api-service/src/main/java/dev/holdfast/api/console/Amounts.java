package dev.holdfast.api.console;

import dev.holdfast.common.quantity.Quantities;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sizes, durations and times as people read them; {@code @amounts} in the templates. What is not there is a dash. The script of the
 * console says ages in the same words.
 */
@Component
public final class Amounts {
    private static final String NOTHING = "–";
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final Clock clock;

    Amounts(Clock clock) {
        this.clock = clock;
    }

    /** Such as {@code 12.3 MiB}. */
    public String bytes(@Nullable Long bytes) {
        return bytes == null ? NOTHING : Quantities.bytes(bytes);
    }

    /** Such as {@code 12,345,678 bytes}. */
    public String exactBytes(@Nullable Long bytes) {
        return bytes == null ? NOTHING : String.format(Locale.ROOT, "%,d bytes", bytes);
    }

    /** Such as {@code 4.2 MiB/s}; nothing to say before there is a second to measure. */
    public String rate(@Nullable Long bytes, @Nullable Duration within) {
        return bytes == null || within == null || within.toMillis() < 1000
                ? NOTHING
                : bytes(bytes * 1000 / within.toMillis()) + "/s";
    }

    /** Such as {@code 12 ms}, {@code 0.8 s}, {@code 3 min 12 s}, {@code 2 h 5 min} or {@code 1 d 3 h}. */
    public String duration(@Nullable Duration duration) {
        return duration == null ? NOTHING : Quantities.duration(duration);
    }

    /** A duration that is kept as a number. */
    public String millis(long millis) {
        return duration(Duration.ofMillis(millis));
    }

    /** How long it took, or has taken so far where it has not ended. */
    public String between(@Nullable Instant begin, @Nullable Instant end) {
        return begin == null ? NOTHING : duration(Duration.between(begin, end == null ? clock.instant() : end));
    }

    /** Such as {@code 5 min ago}. */
    public String ago(@Nullable Instant at) {
        if (at == null) {
            return NOTHING;
        }
        long seconds = Duration.between(at, clock.instant()).toSeconds();
        if (seconds < 5) {
            return "just now";
        }
        if (seconds < 60) {
            return seconds + " s ago";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min ago";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h ago";
        }
        long days = seconds / 86_400;
        return days == 1 ? "1 day ago" : days + " days ago";
    }

    /** Such as {@code 2026-11-24 22:53:01 UTC}. */
    public String utc(@Nullable Instant at) {
        return at == null ? NOTHING : UTC.format(at);
    }
}
