package dev.holdfast.notification.incident;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long alerts that are over are kept, with their deliveries and what they were made of.
 *
 * @param keep as long as the event log, unless set
 */
@ConfigurationProperties("holdfast.alert")
record RetentionProperties(@DefaultValue("400d") Duration keep) {

    RetentionProperties {
        if (!keep.isPositive()) {
            throw new IllegalArgumentException("holdfast.alert.keep must be longer than nothing, not " + keep);
        }
    }
}
