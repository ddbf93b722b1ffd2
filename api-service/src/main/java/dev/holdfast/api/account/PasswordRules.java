package dev.holdfast.api.account;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Passwords: at least twelve characters, whatever they are (NIST SP 800-63B section 5.1.1), kept as Argon2id. A hash takes 16 MiB for
 * a moment, so that only a few are computed at the same time.
 */
@Component
class PasswordRules {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 1000;
    private static final int AT_ONCE = 4;

    private final Argon2PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final String nobodys = String.valueOf(encoder.encode("the password of nobody"));

    /** @throws ApiProblem when it is too short or too long */
    String hash(String password) {
        if (password.codePointCount(0, password.length()) < SHORTEST || password.length() > LONGEST) {
            throw ApiProblem.invalid(FieldProblem.at(
                    "/password", "must have from " + SHORTEST + " to " + LONGEST + " characters", "OUT_OF_RANGE"));
        }
        return alone(() -> String.valueOf(encoder.encode(password)));
    }

    /** Takes as long where there is no such account, so that the time says nothing of it. */
    boolean matches(String password, @Nullable String hash) {
        boolean same =
                password.length() <= LONGEST && alone(() -> encoder.matches(password, hash == null ? nobodys : hash));
        return same && hash != null;
    }

    private <T> T alone(java.util.function.Supplier<T> work) {
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
