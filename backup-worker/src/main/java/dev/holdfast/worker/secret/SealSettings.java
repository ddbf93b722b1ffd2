package dev.holdfast.worker.secret;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the worker's key is.
 *
 * @param identityFile an age X25519 identity; made when it is missing, with its recipient in a {@code .pub} file beside it
 */
@ConfigurationProperties("holdfast.seal")
record SealSettings(@DefaultValue("/app/keys/worker.key") Path identityFile) {}
