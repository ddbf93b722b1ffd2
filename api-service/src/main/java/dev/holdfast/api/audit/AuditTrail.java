package dev.holdfast.api.audit;

import dev.holdfast.api.access.Callers;
import dev.holdfast.api.access.Route;
import dev.holdfast.api.access.Routes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Writes down every request that {@link Routes} has an action for, so that no controller can forget to. */
@Component
public final class AuditTrail implements HandlerInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final String ENTRY = AuditTrail.class.getName() + ".entry";

    private final Routes routes;
    private final AuditLog log;

    AuditTrail(Routes routes, AuditLog log) {
        this.routes = routes;
        this.log = log;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            var action = routes.of(request).map(Route::action);
            action.ifPresent(name -> request.setAttribute(
                    ENTRY, log.begin(Callers.current().orElse(null), request.getRemoteAddr(), name, target(request))));
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception thrown) {
        if (request.getAttribute(ENTRY) instanceof UUID entry && !request.isAsyncStarted()) {
            try {
                log.end(entry, response.getStatus(), response.getHeader(HttpHeaders.LOCATION));
            } catch (DataAccessException | TransactionException e) {
                // It is done already; the entry stands, and says that its outcome is not known.
                LOG.error("the outcome of the audit entry {} can't be stored", entry, e);
            }
        }
    }

    /** What the path names. */
    private static String target(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                ? String.join(
                        "/", variables.values().stream().map(String::valueOf).toList())
                : "";
    }
}
