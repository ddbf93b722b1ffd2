package dev.holdfast.api.account;

import dev.holdfast.api.access.CallerAuthentication;
import dev.holdfast.api.access.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets programs in by {@code Authorization: Bearer} (RFC 6750). A token that is not valid is refused, and not taken for nobody. */
@Component
public final class BearerTokens extends OncePerRequestFilter {
    private static final Pattern BEARER = Pattern.compile("Bearer +([A-Za-z0-9._~+/-]+=*) *", Pattern.CASE_INSENSITIVE);

    private final LocalToken local;
    private final ApiTokens tokens;
    private final Refusals refusals;
    private final Clock clock;

    BearerTokens(LocalToken local, ApiTokens tokens, Refusals refusals, Clock clock) {
        this.local = local;
        this.tokens = tokens;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** Whether a request says by a header who sends it, which no page of another site can make a browser do. */
    public static boolean isMarked(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isMarked(request)) {
            chain.doFilter(request, response);
            return;
        }
        var secret = secret(request.getHeader(HttpHeaders.AUTHORIZATION));
        var caller = secret == null
                ? java.util.Optional.<dev.holdfast.api.access.Caller>empty()
                : local.caller(secret).or(() -> tokens.caller(secret, clock.instant()));
        if (caller.isEmpty()) {
            refusals.commence(request, response, null);
            return;
        }
        SecurityContextHolder.setContext(new SecurityContextImpl(new CallerAuthentication(caller.get())));
        chain.doFilter(request, response);
    }

    private static @Nullable String secret(String header) {
        var bearer = BEARER.matcher(header);
        return bearer.matches() ? bearer.group(1) : null;
    }
}
