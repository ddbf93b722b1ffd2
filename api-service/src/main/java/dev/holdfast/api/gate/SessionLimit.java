package dev.holdfast.api.gate;

import dev.holdfast.api.access.AccessProperties;
import dev.holdfast.api.access.Callers;
import dev.holdfast.api.account.Accounts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session that is older than the limit, however busy it is, or whose account was changed since it began: a change ends the
 * sessions that it finds, and would miss one that is stored by a sign-in under way. How long one may idle is the container's setting.
 */
@Component
class SessionLimit extends OncePerRequestFilter {
    private final AccessProperties properties;
    private final Accounts accounts;
    private final Clock clock;

    SessionLimit(AccessProperties properties, Accounts accounts, Clock clock) {
        this.properties = properties;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var session = request.getSession(false);
        if (session != null && (isOld(session) || isOvertaken())) {
            session.invalidate();
            SecurityContextHolder.clearContext();
        }
        chain.doFilter(request, response);
    }

    private boolean isOld(HttpSession session) {
        return Instant.ofEpochMilli(session.getCreationTime())
                .plus(properties.sessionLimit())
                .isBefore(clock.instant());
    }

    private boolean isOvertaken() {
        return Callers.current().filter(caller -> !accounts.isSame(caller)).isPresent();
    }
}
