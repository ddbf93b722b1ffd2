package dev.holdfast.api.access;

import java.io.Serializable;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom a request comes from. It is part of a stored session: what is added must be readable in older ones.
 *
 * @param id of the account; null for the local token, which belongs to whoever runs the installation
 * @param label what people know the caller by: the account's name, with the token's where there is one
 * @param version of the account when the session began, which is over once the account has another; 0 where there is no session
 */
public record Caller(Kind kind, @Nullable UUID id, String label, Role role, long version)
        implements Principal, Serializable {
    /** How a caller shows who it is. */
    public enum Kind {
        /** Signed in with a session. */
        SESSION,
        /** A program with a token of an account. */
        TOKEN,
        /** A program on the machine of the installation, with its local token. */
        LOCAL
    }

    /** Under which sessions are found again: the account's id. */
    @Override
    public String getName() {
        return id == null ? label : id.toString();
    }
}
