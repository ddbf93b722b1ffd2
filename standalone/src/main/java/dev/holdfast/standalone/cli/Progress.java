package dev.holdfast.standalone.cli;

import dev.holdfast.common.quantity.Quantities;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Shows how far a backup is: in a terminal one line that changes; elsewhere a line for each phase, and one every few seconds while
 * something is written, so that a log file stays readable.
 */
final class Progress {
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final InstantSource clock;
    private final Instant start;
    private final Rate rate;
    private @Nullable String shownStage;
    private Instant shownAt = Instant.EPOCH;
    private long shownBytes;

    Progress(PrintWriter out, boolean terminal, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.instant();
        this.rate = new Rate(clock);
    }

    /** @param setback why the present attempt has failed, where it has and that is known */
    void show(JsonNode backup, String setback) {
        long bytes = backup.path("bytesWritten").asLong(0);
        var stage = stage(backup, setback);
        var perSecond = rate.of(stage, bytes);
        if (terminal) {
            out.print(CLEAR_LINE + line(stage, bytes, perSecond));
            out.flush();
        } else if (!stage.equals(shownStage)
                || (bytes != shownBytes && !clock.instant().isBefore(shownAt.plus(QUIET)))) {
            out.println(line(stage, bytes, perSecond));
            shownAt = clock.instant();
            shownBytes = bytes;
        }
        shownStage = stage;
    }

    void end() {
        if (terminal && shownStage != null) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    /** Whether an attempt has failed and the next one has not begun. */
    static boolean isBetweenAttempts(JsonNode backup) {
        return backup.path("status").asString("").equals("running")
                && backup.path("phase").asString("").isEmpty();
    }

    private static String stage(JsonNode backup, String setback) {
        var attempt = backup.path("attempt").asInt(1);
        var status = backup.path("status").asString("unknown");
        var phase = backup.path("phase").asString("");
        if (isBetweenAttempts(backup)) {
            return "attempt %d failed%s; waiting for the next"
                    .formatted(attempt, setback.isEmpty() ? "" : ": " + setback);
        }
        var stage = phase.isEmpty() ? status : phase;
        return attempt > 1 ? stage + " (attempt " + attempt + ")" : stage;
    }

    private String line(String stage, long bytes, double perSecond) {
        var line = new StringBuilder(stage);
        if (bytes > 0) {
            line.append("  ").append(Quantities.bytes(bytes));
        }
        if (perSecond > 0) {
            line.append("  ").append(Quantities.bytes(Math.round(perSecond))).append("/s");
        }
        return line.append("  ")
                .append(Elapsed.text(Duration.between(start, clock.instant())))
                .toString();
    }
}
