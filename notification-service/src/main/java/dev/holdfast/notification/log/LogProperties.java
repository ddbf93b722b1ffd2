package dev.holdfast.notification.log;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the log keeps what it has recorded.
 *
 * @param keep events of every kind but progress
 * @param keepProgress progress events
 * @param pruneEvery how often older ones are looked for
 */
@ConfigurationProperties("holdfast.log")
record LogProperties(
        @DefaultValue("400d") Duration keep,
        @DefaultValue("7d") Duration keepProgress,
        @DefaultValue("1h") Duration pruneEvery) {

    LogProperties {
        requirePositive("keep", keep);
        requirePositive("keep-progress", keepProgress);
        requirePositive("prune-every", pruneEvery);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("holdfast.log." + name + " must be longer than nothing, not " + value);
        }
    }
}
