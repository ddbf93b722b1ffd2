package dev.holdfast.api.account;

import dev.holdfast.api.access.AccessProperties;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger LOG = LoggerFactory.getLogger(SignInHandlers.class);

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
                : accounts.withPassword(typed).map(Account::name).orElse("an unknown name");
        request.setAttribute(REFUSAL, refuse(refusal, response));
        record.failed(request, account, refusal, response.getStatus());
        request.getRequestDispatcher("/sign-in/refused").forward(request, response);
    }

    /** An identity provider does not even say where people are to be sent, or somebody has made one up. */
    public void onProviderSilent(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws ServletException, IOException {
        if (!request.getRequestURI().endsWith("/" + Provider.ID)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        onAuthenticationFailure(request, response, ProviderRefusal.silent(cause));
    }

    /** Sets the status, and returns what to say. */
    private static String refuse(AuthenticationException refusal, HttpServletResponse response) {
        if (refusal instanceof TooManyAttempts many) {
            response.setStatus(429);
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(many.seconds()));
            return "Too many tries have failed. Come back in " + (many.seconds() / 60 + 1) + " minutes, or ask an"
                    + " administrator for a new password link.";
        }
        if (refusal instanceof OAuth2AuthenticationException atProvider) {
            var provider = ProviderRefusal.of(atProvider);
            if (provider.ofProvider()) {
                LOG.warn("nobody can sign in at the identity provider at present", refusal);
            }
            response.setStatus(provider.status());
            return provider.words();
        }
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        return "The name or the password is wrong.";
    }
}
