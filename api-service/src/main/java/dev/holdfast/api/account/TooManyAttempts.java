package dev.holdfast.api.account;

import java.io.Serial;
import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many tries to sign in have failed. */
final class TooManyAttempts extends AuthenticationException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Duration until;

    /** @param until how long to wait */
    TooManyAttempts(Duration until) {
        super("too many tries to sign in have failed");
        this.until = until;
    }

    long seconds() {
        return Math.max(1, until.toSeconds() + 1);
    }
}
