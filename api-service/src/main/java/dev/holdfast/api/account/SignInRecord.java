package dev.holdfast.api.account;

import dev.holdfast.api.access.Callers;
import dev.holdfast.api.audit.AuditLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.stereotype.Component;

/** Tells the audit log who came in, and who did not: these requests end before a controller, where the others are written down. */
@Component
public final class SignInRecord {
    private static final int MOST = 10_000;

    private final AuditLog log;

    /**
     * Who was told lately that they try too often, or could not come by the provider, which nobody counts. Once is enough for a log
     * that nobody may shorten.
     */
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    SignInRecord(AuditLog log) {
        this.log = log;
    }

    /** Somebody has signed in. */
    public void succeeded(HttpServletRequest request, Authentication who) {
        var caller = Callers.of(who).orElse(null);
        var entry = log.begin(caller, request.getRemoteAddr(), "sign-in", "");
        log.end(entry, HttpServletResponse.SC_OK, null);
    }

    /**
     * Somebody has not. What was typed as a name may be a password by mistake, so that a name is kept only where there is such an
     * account.
     *
     * @param status of the answer
     */
    public void failed(HttpServletRequest request, String account, AuthenticationException refusal, int status) {
        if (refused.size() >= MOST) {
            refused.clear();
        }
        if (comesWithoutEnd(refusal) && !refused.add(request.getRemoteAddr() + " " + account)) {
            return;
        }
        var entry = log.begin(null, request.getRemoteAddr(), "sign-in", account);
        log.end(entry, status, null);
    }

    private static boolean comesWithoutEnd(AuthenticationException refusal) {
        return refusal instanceof TooManyAttempts
                || (refusal instanceof OAuth2AuthenticationException atProvider && !ProviderRefusal.isOurs(atProvider));
    }

    /** Somebody whom nobody knows yet has set a password by a link. */
    public void passwordSet(HttpServletRequest request, String action, String account) {
        log.end(log.begin(null, request.getRemoteAddr(), action, account), HttpServletResponse.SC_OK, null);
    }

    /** From here on they may be told, and written down, anew. */
    @Scheduled(fixedDelayString = "PT15M")
    void forget() {
        refused.clear();
    }

    /** Somebody has signed out. */
    public void left(HttpServletRequest request, Authentication who) {
        Callers.of(who)
                .ifPresent(caller -> log.end(
                        log.begin(caller, request.getRemoteAddr(), "sign-out", ""), HttpServletResponse.SC_OK, null));
    }
}
