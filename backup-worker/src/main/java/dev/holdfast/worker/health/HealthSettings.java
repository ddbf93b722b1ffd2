package dev.holdfast.worker.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often the volume is looked at.
 *
 * @param checkEvery while it can be written
 * @param recheckEvery while it can't, so that a repair is noticed at once
 */
@ConfigurationProperties("holdfast.storage")
record HealthSettings(
        @DefaultValue("15s") Duration checkEvery,
        @DefaultValue("2s") Duration recheckEvery) {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    HealthSettings {
        if (checkEvery.compareTo(SHORTEST) < 0 || recheckEvery.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "holdfast.storage.check-every and recheck-every must be at least 100ms: %s, %s"
                            .formatted(checkEvery, recheckEvery));
        }
    }
}
