package dev.holdfast.notification.alert;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after a failed try: twice as long each time, up to a limit, and never quite the same. */
record RetrySchedule(Duration first, Duration longest, RandomGenerator random) {
    private static final int GREATEST_SHIFT = 30;
    private static final double LEAST_SHARE = 0.8;

    /**
     * The pause after a try.
     *
     * @param attempt which try has failed, from 1
     */
    Duration after(int attempt) {
        var full = first.multipliedBy(1L << Math.min(attempt - 1, GREATEST_SHIFT));
        var bounded = full.compareTo(longest) < 0 ? full : longest;
        return Duration.ofMillis(Math.round(bounded.toMillis() * random.nextDouble(LEAST_SHARE, 1)));
    }
}
