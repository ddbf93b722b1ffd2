package dev.holdfast.api.backup;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When the worker is asked about a backup that has not ended, and the notification-service about one that has.
 *
 * @param every how often to look for such backups
 * @param after how long nothing has to be heard of one, or since when it has to have ended; also how often it is asked about at most
 */
@Validated
@ConfigurationProperties("holdfast.recall")
record RecallSettings(
        @NotNull @DefaultValue("15s") Duration every,
        @NotNull @DefaultValue("2m") Duration after) {}
