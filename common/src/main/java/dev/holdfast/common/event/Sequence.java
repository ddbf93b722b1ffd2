package dev.holdfast.common.event;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The order of one backup's events, although two services write them: a hybrid logical clock. A number is the writer's time in
 * microseconds, or one more than the newest that the writer has seen of that backup, whichever is greater; so an answer always
 * sorts after what it answers, however far the two clocks are apart.
 */
public final class Sequence {
    private Sequence() {}

    /**
     * The next number of a backup.
     *
     * @param newestSeen the greatest number of that backup that the writer knows; 0 where there is none
     */
    public static long after(long newestSeen, Clock clock) {
        return Math.max(newestSeen + 1, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    }
}
