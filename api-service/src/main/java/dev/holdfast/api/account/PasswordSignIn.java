package dev.holdfast.api.account;

import dev.holdfast.api.access.CallerAuthentication;
import java.time.Clock;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Signs in with name and password. Why it was refused is not said: an account that is not there looks like a wrong password. */
@Component
public final class PasswordSignIn implements AuthenticationProvider {
    private final Accounts accounts;
    private final PasswordRules passwords;
    private final SignInAttempts attempts;
    private final Clock clock;

    PasswordSignIn(Accounts accounts, PasswordRules passwords, SignInAttempts attempts, Clock clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * @throws TooManyAttempts when this account or address has had its share of tries
     * @throws BadCredentialsException when there is no such account with this password
     */
    @Override
    public Authentication authenticate(Authentication request) {
        // However it is typed: tries are counted by it, and must not begin anew with another way to write it.
        var name = VisibleName.of(request.getName());
        attempts.begin(name, address(request));
        var account = accounts.withPassword(name);
        boolean known = passwords.matches(
                String.valueOf(request.getCredentials()),
                account.map(Account::passwordHash).orElse(null));
        if (!known || account.isEmpty() || account.get().disabled()) {
            throw new BadCredentialsException("name or password is wrong");
        }
        attempts.succeeded(name);
        accounts.signedIn(account.get().id(), clock.instant());
        return new CallerAuthentication(account.get().session());
    }

    private static String address(Authentication request) {
        return request.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
