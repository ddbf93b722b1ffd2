package dev.holdfast.api.account;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/** What follows a try to sign in: on to the page that was wanted, or back to the form, which says why. */
@Component
public final class SignInHandlers extends SavedRequestAwareAuthenticationSuccessHandler
        implements AuthenticationFailureHandler {
    /** Under which the page finds the refusal in the request. */
    static final String REFUSAL = SignInHandlers.class.getName() + ".refusal";

    private final SignInRecord record;
    private final Accounts accounts;

    SignInHandlers(SignInRecord record, Accounts accounts) {
        this.record = record;
        this.accounts = accounts;
        setDefaultTargetUrl("/");
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws ServletException, IOException {
        record.succeeded(request, authentication);
        super.onAuthenticationSuccess(request, response, authentication);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws ServletException, IOException {
        var typed = request.getParameter("username");
        var account = typed == null
                ? ""
                : accounts.withPassword(typed.strip()).map(Account::name).orElse("an unknown name");
        record.failed(request, account, refusal);
        if (refusal instanceof TooManyAttempts many) {
            response.setStatus(429);
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(many.seconds()));
        } else {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
        request.setAttribute(REFUSAL, refusal);
        request.getRequestDispatcher("/sign-in/refused").forward(request, response);
    }
}
