package dev.holdfast.api.web;

import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.api.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps pages of other sites out before anything else is looked at. A browser on this machine can reach 127.0.0.1: by a foreign name
 * that was pointed here (DNS rebinding), which the Host header shows, or by a form or script of another site, which Origin and
 * Sec-Fetch-Site show.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class LoopbackGuard extends OncePerRequestFilter {
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]@/\\s]+)(?::\\d{0,5})?");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|.+\\.localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

    private final ApiProperties properties;

    LoopbackGuard(ApiProperties properties) {
        this.properties = properties;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        var host = request.getHeader(HttpHeaders.HOST);
        if (!isAllowed(host)) {
            refuse(
                    request,
                    response,
                    ProblemCode.HOST_NOT_ALLOWED,
                    "the Host header names a host that is not this one");
        } else if (!SAFE_METHODS.contains(request.getMethod()) && isCrossSite(request, host)) {
            refuse(
                    request,
                    response,
                    ProblemCode.ORIGIN_NOT_ALLOWED,
                    "the request comes from a page of another origin");
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isAllowed(@Nullable String host) {
        if (properties.allowedHosts().contains("*")) {
            return true;
        }
        var authority = AUTHORITY.matcher(host == null ? "" : host.toLowerCase(Locale.ROOT));
        return authority.matches()
                && (LOOPBACK.matcher(authority.group(1)).matches()
                        || properties.allowedHosts().stream().anyMatch(authority.group(1)::equalsIgnoreCase));
    }

    private static boolean isCrossSite(HttpServletRequest request, @Nullable String host) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        }
        try {
            return !String.valueOf(URI.create(origin).getAuthority()).equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, ProblemCode code, String detail)
            throws IOException {
        ProblemWriter.write(response, code, detail, request.getRequestURI());
    }
}
