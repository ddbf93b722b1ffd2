package dev.holdfast.api.upstream;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the backup-worker is.
 *
 * @param url without a path
 */
@Validated
@ConfigurationProperties("holdfast.worker")
record WorkerProperties(
        @NotNull @DefaultValue("http://127.0.0.1:8081") URI url) {}
