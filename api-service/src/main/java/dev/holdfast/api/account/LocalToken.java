package dev.holdfast.api.account;

import dev.holdfast.api.access.AccessProperties;
import dev.holdfast.api.access.Caller;
import dev.holdfast.api.access.Role;
import dev.holdfast.api.access.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The token of whoever runs the installation: it lies in a file that only they can read, and makes them an administrator. */
@Component
class LocalToken {
    private static final int SHORTEST = 32;
    private static final Caller CALLER = new Caller(Caller.Kind.LOCAL, null, "local", Role.ADMINISTRATOR, 0);

    private final byte @Nullable [] hash;

    LocalToken(AccessProperties properties) throws IOException {
        var token = properties.localTokenFile() == null ? properties.localToken() : read(properties.localTokenFile());
        if (token != null && !token.isEmpty() && token.length() < SHORTEST) {
            throw new IllegalStateException(
                    "holdfast.access.local-token has fewer than " + SHORTEST + " characters: anybody could guess it");
        }
        this.hash = token == null || token.isEmpty() ? null : Secret.hash(token);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    Optional<Caller> caller(String secret) {
        return hash != null && MessageDigest.isEqual(hash, Secret.hash(secret))
                ? Optional.of(CALLER)
                : Optional.empty();
    }
}
