package dev.holdfast.api.account;

import dev.holdfast.api.access.AccessProperties;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/** What follows a try to sign in: on to the page that was wanted, or back to the form, which says why. */
@Component
public final class SignInHandlers extends SavedRequestAwareAuthenticationSuccessHandler
        implements AuthenticationFailureHandler {
    /** Under which the page finds, in the request, what to say of a refusal. */
    public static final String REFUSAL = SignInHandlers.class.getName() + ".refusal";

    private final SignInRecord record;
    private final Accounts accounts;
    private final AccessProperties access;

    SignInHandlers(SignInRecord record, Accounts accounts, AccessProperties access) {
        this.record = record;
        this.access = access;
        this.accounts = accounts;
        setDefaultTargetUrl("/");
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws ServletException, IOException {
        record.succeeded(request, authentication);
        // Until somebody signs in, it ends as soon as the container's setting says.
        request.getSession().setMaxInactiveInterval((int) access.sessionIdle().toSeconds());
        super.onAuthenticationSuccess(request, response, authentication);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws ServletException, IOException {
        var typed = request.getParameter("username");
        var account = typed == null
                ? ""
                : accounts.withPassword(typed.replace('\0', '\uFFFD').strip())
                        .map(Account::name)
                        .orElse("an unknown name");
        record.failed(request, account, refusal);
        if (refusal instanceof TooManyAttempts many) {
            response.setStatus(429);
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(many.seconds()));
        } else {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
        request.setAttribute(REFUSAL, words(refusal));
        request.getRequestDispatcher("/sign-in/refused").forward(request, response);
    }

    private static String words(AuthenticationException refusal) {
        if (refusal instanceof TooManyAttempts many) {
            return "Too many tries have failed. Come back in " + (many.seconds() / 60 + 1) + " minutes, or ask an"
                    + " administrator for a new password link.";
        }
        if (refusal instanceof OAuth2AuthenticationException provider) {
            var description = provider.getError().getDescription();
            return description == null
                    ? "Signing in at your identity provider has failed. Try it once more from the start."
                    : "Your identity provider let you in, but Holdfast did not: " + description;
        }
        return "The name or the password is wrong.";
    }
}
