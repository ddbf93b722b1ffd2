package dev.holdfast.worker.run;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this worker runs backups.
 *
 * @param workerName by which events tell workers apart; the host's name with something random after it where none is set
 * @param parallel how many backups run at the same time
 * @param heartbeat how often a running backup says that it lives; after six missed ones another worker takes it over
 * @param stallTimeout after which a dump or an archive that writes nothing is stopped
 * @param totalTimeout after which any backup is stopped; none where it is not set
 * @param stopGrace how long a stopping worker waits for its backups to let go
 */
@Validated
@ConfigurationProperties("holdfast.run")
record RunSettings(
        @Nullable @Size(min = 1, max = 100) String workerName,
        @DefaultValue("2") @Min(1) @Max(64) int parallel,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 100)
        Duration heartbeat,

        @DefaultValue("5m") @NotNull @DurationMin(millis = 100)
        Duration stallTimeout,

        @Nullable @DurationMin(millis = 100) Duration totalTimeout,
        @DefaultValue("6s") @NotNull Duration stopGrace) {

    /** How long this worker may be out of touch with its database before it must assume that others have taken over. */
    Duration leaseMargin() {
        return heartbeat.multipliedBy(4);
    }
}
