package dev.holdfast.api.live;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How live updates behave.
 *
 * @param keep how long a client may be away and still miss nothing
 * @param keepEvents how many events are kept at most
 * @param heartbeat how often an idle client hears that the connection is alive
 * @param maxClients more are told to come back later
 * @param streamLife how long a stream lasts; its client comes back by itself, and is asked again who it is
 */
@Validated
@ConfigurationProperties("holdfast.live")
record LiveProperties(
        @NotNull @DefaultValue("24h") Duration keep,
        @Min(1) @DefaultValue("50000") int keepEvents,
        @NotNull @DefaultValue("15s") Duration heartbeat,
        @Min(1) @DefaultValue("5000") int maxClients,
        @NotNull @DefaultValue("10m") Duration streamLife) {}
