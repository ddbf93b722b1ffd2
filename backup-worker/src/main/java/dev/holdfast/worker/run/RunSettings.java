package dev.holdfast.worker.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this worker runs backups.
 *
 * @param workerName by which events tell workers apart; the host's name with something random after it where none is set
 * @param parallel how many backups run at the same time
 * @param heartbeat how often a running backup says that it lives; after six missed ones another worker takes it over
 * @param stallTimeout after which a dump or an archive that writes nothing is stopped
 * @param yieldAfter after which the dump makes way for a session of its database that waits for its locks, such as a schema change
 * @param retries how often a backup is tried again that failed for a reason which may pass by itself
 * @param firstRetry how long until the first of them; each further pause is three times as long
 * @param totalTimeout after which any backup is stopped; none where it is not set
 * @param stopGrace how long a stopping worker waits for its backups to let go
 */
@ConfigurationProperties("holdfast.run")
record RunSettings(
        @Nullable String workerName,
        @DefaultValue("2") int parallel,
        @DefaultValue("5s") Duration heartbeat,
        @DefaultValue("5m") Duration stallTimeout,
        @DefaultValue("30s") Duration yieldAfter,
        @DefaultValue("3") int retries,
        @DefaultValue("3s") Duration firstRetry,
        @Nullable Duration totalTimeout,
        @DefaultValue("6s") Duration stopGrace) {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    RunSettings {
        if (workerName != null && workerName.isBlank()) {
            throw new IllegalArgumentException("holdfast.run.worker-name must not be blank");
        }
        if (parallel < 1 || parallel > 64) {
            throw new IllegalArgumentException("holdfast.run.parallel must be between 1 and 64: " + parallel);
        }
        if (retries < 0 || retries > 20) {
            throw new IllegalArgumentException("holdfast.run.retries must be between 0 and 20: " + retries);
        }
        requireLongEnough("heartbeat", heartbeat);
        requireLongEnough("yield-after", yieldAfter);
        requireLongEnough("first-retry", firstRetry);
        requireLongEnough("stall-timeout", stallTimeout);
        requireLongEnough("stop-grace", stopGrace);
        if (totalTimeout != null) {
            requireLongEnough("total-timeout", totalTimeout);
        }
    }

    /** How long this worker may be out of touch with its database before it must assume that others have taken over. */
    Duration leaseMargin() {
        return heartbeat.multipliedBy(4);
    }

    private static void requireLongEnough(String key, Duration value) {
        if (value.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("holdfast.run." + key + " must be at least 100ms: " + value);
        }
    }
}
