package dev.holdfast.api.access;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/** Decides by {@link Routes}, and by nothing else. */
@Component
public final class RouteAccess implements AuthorizationManager<RequestAuthorizationContext> {
    private final Routes routes;

    RouteAccess(Routes routes) {
        this.routes = routes;
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        var route = routes.of(context.getRequest());
        boolean granted = route.isPresent()
                && (route.get().isPublic()
                        || Routes.allows(
                                route.get(),
                                Callers.of(authentication.get())
                                        .map(Caller::role)
                                        .orElse(null)));
        return new AuthorizationDecision(granted);
    }
}
