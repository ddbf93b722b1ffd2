package dev.holdfast.worker.secret;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the worker's key is.
 *
 * @param identityFile an age X25519 identity; made when it is missing
 * @param recipientFile where its public half is published; absent for a {@code .pub} file beside it. Elsewhere it can be on a volume
 *     that the api-service reads, while the identity stays on one that nobody else has
 */
@ConfigurationProperties("holdfast.seal")
record SealSettings(
        @DefaultValue("/app/keys/worker.key") Path identityFile,
        @Nullable Path recipientFile) {

    /** The file of the public key. */
    Path recipient() {
        return recipientFile != null
                ? recipientFile.toAbsolutePath()
                : identityFile.toAbsolutePath().resolveSibling(identityFile.getFileName() + ".pub");
    }
}
