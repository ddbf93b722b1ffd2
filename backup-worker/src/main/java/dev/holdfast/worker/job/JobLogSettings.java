package dev.holdfast.worker.job;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is kept of the logs of backups.
 *
 * @param keep how long a line is kept; pg_dump says one for each table, and an hourly backup of thousands would fill the database
 */
@ConfigurationProperties("holdfast.job-log")
public record JobLogSettings(@DefaultValue("90d") Duration keep) {
    public JobLogSettings {
        if (keep.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("holdfast.job-log.keep must be at least 1h: " + keep);
        }
    }
}
