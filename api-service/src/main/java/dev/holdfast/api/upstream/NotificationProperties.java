package dev.holdfast.api.upstream;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the notification-service is.
 *
 * @param url without a path
 */
@Validated
@ConfigurationProperties("holdfast.notification")
record NotificationProperties(
        @NotNull @DefaultValue("http://127.0.0.1:8082") URI url) {}
