package dev.holdfast.worker.run;

import dev.holdfast.common.failure.Failure;
import dev.holdfast.worker.job.Job;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/**
 * When a failed backup is tried again by itself: after pauses that grow threefold, up to an hour, each up to a fifth longer or shorter so that the
 * backups of one server that went away do not all come back at once. What asks for a change, such as a wrong password, is not.
 */
@Component
class Retries {
    private static final int GROWTH = 3;
    private static final double JITTER = 0.2;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final RunSettings settings;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();

    Retries(RunSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** When the next attempt begins; empty where there is to be none. */
    Optional<Instant> next(Job job, Failure failure) {
        if (!failure.retryable() || job.setbacks() >= settings.retries()) {
            return Optional.empty();
        }
        return Optional.of(clock.instant().plus(pause(job.setbacks())));
    }

    private Duration pause(int setbacks) {
        double pause =
                Math.min(settings.firstRetry().toMillis() * Math.pow(GROWTH, setbacks), (double) LONGEST.toMillis());
        return Duration.ofMillis(Math.round(pause * random.nextDouble(1 - JITTER, 1 + JITTER)));
    }
}
