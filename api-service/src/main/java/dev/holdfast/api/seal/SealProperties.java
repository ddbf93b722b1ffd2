package dev.holdfast.api.seal;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * To whom passwords are sealed.
 *
 * @param recipientFile the worker's public key, {@code age1…}; the worker writes it when it makes its key
 */
@Validated
@ConfigurationProperties("holdfast.seal")
record SealProperties(@NotNull Path recipientFile) {}
