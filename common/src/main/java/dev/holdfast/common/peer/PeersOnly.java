package dev.holdfast.common.peer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

/**
 * Lets in whoever shows the token, and anybody to the health checks alone. It comes before every other filter, so nothing of a request has been read or acted on when it is refused.
 */
public final class PeersOnly extends HttpFilter {
    @Serial
    private static final long serialVersionUID = 1;

    /** The address as it was sent: one that has to be decoded or straightened first is none of these. */
    private static final Pattern OPEN = Pattern.compile("/actuator/health(/[A-Za-z0-9]+)*");

    private static final byte[] REFUSAL = """
            {"type":"urn:holdfast:problem:unauthorized","title":"Unauthorized","status":401,"code":"UNAUTHORIZED",\
            "detail":"this service answers the other services of its installation alone, by their token",\
            "fix":"ask the api-service instead, or send Authorization: Bearer with the HOLDFAST_INTERNAL_TOKEN of all services"}
            """.getBytes(StandardCharsets.UTF_8);

    private final transient PeerToken token;

    private PeersOnly(PeerToken token) {
        this.token = token;
    }

    /** The filter, in front of everything that a service has. */
    public static FilterRegistrationBean<PeersOnly> before(PeerToken token) {
        var registration = new FilterRegistrationBean<>(new PeersOnly(token));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (OPEN.matcher(request.getRequestURI()).matches() || token.isShownBy(request.getHeader("Authorization"))) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("WWW-Authenticate", "Bearer");
        response.setContentType("application/problem+json");
        response.setContentLength(REFUSAL.length);
        response.getOutputStream().write(REFUSAL);
    }
}
