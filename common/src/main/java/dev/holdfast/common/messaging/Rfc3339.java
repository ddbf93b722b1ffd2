package dev.holdfast.common.messaging;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times on the wire. Java reads years of nine digits, RFC 3339 has four, and PostgreSQL stores hardly more. */
public final class Rfc3339 {
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Rfc3339() {}

    /**
     * Reads a time.
     *
     * @throws DateTimeException where the text is none
     */
    public static Instant parse(String text) {
        var time = OffsetDateTime.parse(text).toInstant();
        if (!isPossible(time)) {
            throw new DateTimeException("the year has more than four digits");
        }
        return time;
    }

    static boolean isPossible(Instant time) {
        return !time.isBefore(EARLIEST) && time.isBefore(END);
    }
}
