package dev.holdfast.api.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Finds out whom the request at hand comes from. */
public final class Callers {
    private Callers() {}

    /** The caller of this thread's request; empty before anybody has signed in. */
    public static Optional<Caller> current() {
        return of(SecurityContextHolder.getContext().getAuthentication());
    }

    /**
     * The caller where there must be one.
     *
     * @throws IllegalStateException where nobody has signed in, which the table of routes does not let happen
     */
    public static Caller require() {
        return current().orElseThrow(() -> new IllegalStateException("nobody has signed in"));
    }

    /** The caller that Spring Security knows by a password, a token, or an identity provider. */
    public static Optional<Caller> of(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof HasCaller known
                ? Optional.of(known.caller())
                : authentication != null && authentication.getPrincipal() instanceof Caller caller
                        ? Optional.of(caller)
                        : Optional.empty();
    }

    /** A principal of somebody else's making that carries ours. */
    public interface HasCaller {
        /** The caller. */
        Caller caller();
    }
}
