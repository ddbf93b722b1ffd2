package dev.holdfast.notification.incident;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a problem comes and goes too often for a message each time.
 *
 * @param times how often it has to come
 * @param within in what time; also how long it has to stay away until it counts as over
 */
@ConfigurationProperties("holdfast.alert.flapping")
public record FlappingProperties(
        @DefaultValue("3") int times, @DefaultValue("10m") Duration within) {

    public FlappingProperties {
        if (times < 2) {
            throw new IllegalArgumentException("holdfast.alert.flapping.times must be at least 2, not " + times);
        }
        if (!within.isPositive()) {
            throw new IllegalArgumentException(
                    "holdfast.alert.flapping.within must be longer than nothing, not " + within);
        }
    }
}
