package dev.holdfast.api.account;

import dev.holdfast.api.access.Caller;
import dev.holdfast.api.access.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may sign in.
 *
 * @param name of their choice, unique whatever its case
 * @param passwordHash Argon2id, with its parameters; null before one is set, and for an identity provider's account
 * @param issuer of the identity provider that knows them; null where a password does
 * @param withoutRole that its identity provider gave it none, and it was disabled for that and not by an administrator
 * @param version how often something has changed that ends sessions
 */
public record Account(
        UUID id,
        String name,
        Role role,
        @Nullable String passwordHash,
        @Nullable String issuer,
        boolean disabled,
        boolean withoutRole,
        Instant createdAt,
        @Nullable Instant lastSignInAt,
        long version) {

    /** Its owner with a session that begins now. */
    Caller session() {
        return new Caller(Caller.Kind.SESSION, id, name, role, version);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "Account[" + id + ", " + name + ", " + role + "]";
    }
}
