package dev.holdfast.notification.alert;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people are told.
 *
 * @param consoleUrl what links in messages start with
 * @param firstRetry the pause after the first failed try; each further one is twice as long
 * @param longestRetry the longest pause
 * @param giveUpAfter how long a message is tried
 * @param sendLimit how long one try may take in all
 */
@ConfigurationProperties("holdfast.alert")
public record AlertProperties(
        @DefaultValue("http://127.0.0.1:8080") String consoleUrl,
        @DefaultValue("1s") Duration firstRetry,
        @DefaultValue("5m") Duration longestRetry,
        @DefaultValue("24h") Duration giveUpAfter,
        @DefaultValue("15s") Duration sendLimit) {

    public AlertProperties {
        consoleUrl = consoleUrl.strip().replaceFirst("/+$", "");
        if (!consoleUrl.matches("https?://[^\\s<>\"|]+")) {
            throw new IllegalArgumentException(
                    "holdfast.alert.console-url must be an address such as http://127.0.0.1:8080, not " + consoleUrl);
        }
        requirePositive("first-retry", firstRetry);
        requirePositive("longest-retry", longestRetry);
        requirePositive("give-up-after", giveUpAfter);
        requirePositive("send-limit", sendLimit);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("holdfast.alert." + name + " must be longer than nothing, not " + value);
        }
    }
}
