package dev.holdfast.api.access;

import static dev.holdfast.api.access.Role.ADMINISTRATOR;
import static dev.holdfast.api.access.Role.OPERATOR;
import static dev.holdfast.api.access.Role.VIEWER;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;

/**
 * Every route of this service, who may take it, and what the audit log calls it. What is not here is refused, whether or not there is
 * a controller for it; a test tries each route with each role.
 */
@Component
public final class Routes {
    private static final Set<String> READ = Set.of("GET", "HEAD");

    private final List<Route> table = new ArrayList<>();

    Routes() {
        rest();
        console();
        operation();
    }

    private void rest() {
        read("/api/v1/sources", VIEWER);
        read("/api/v1/sources/{id}", VIEWER);
        change("POST", "/api/v1/sources", ADMINISTRATOR, "source.create");
        change("PUT", "/api/v1/sources/{id}", ADMINISTRATOR, "source.change");
        change("DELETE", "/api/v1/sources/{id}", ADMINISTRATOR, "source.delete");
        change("POST", "/api/v1/sources/{id}/test", OPERATOR, "source.test");
        // Of an address that nobody has approved of yet.
        change("POST", "/api/v1/sources/test", ADMINISTRATOR, "source.test");

        read("/api/v1/backups", VIEWER);
        read("/api/v1/backups/{id}", VIEWER);
        read("/api/v1/backups/{id}/log", VIEWER);
        download("/api/v1/backups/{id}/artifacts/**", OPERATOR, "artifact.download");
        change("POST", "/api/v1/backups", OPERATOR, "backup.request");
        change("POST", "/api/v1/backups/{id}/cancel", OPERATOR, "backup.cancel");
        change("POST", "/api/v1/backups/{id}/retry", OPERATOR, "backup.retry");

        table.add(Route.of(Set.of("GET"), "/api/v1/events", VIEWER, null));
        read("/api/v1/doctor", VIEWER);
        read("/api/v1/log", VIEWER);
        read("/api/v1/alerts", VIEWER);
        read("/api/v1/channels", VIEWER);
        change("POST", "/api/v1/channels/{name}/test", OPERATOR, "channel.test");
        read("/api/v1/parked-messages", OPERATOR);
        read("/api/v1/parked-messages/{id}", OPERATOR);
        change("POST", "/api/v1/parked-messages/{id}/replay", OPERATOR, "message.replay");
        change("DELETE", "/api/v1/parked-messages/{id}", OPERATOR, "message.discard");

        read("/api/v1/me", VIEWER);
        read("/api/v1/accounts", ADMINISTRATOR);
        change("POST", "/api/v1/accounts", ADMINISTRATOR, "account.create");
        change("PUT", "/api/v1/accounts/{id}", ADMINISTRATOR, "account.change");
        change("DELETE", "/api/v1/accounts/{id}", ADMINISTRATOR, "account.delete");
        change("POST", "/api/v1/accounts/{id}/password-link", ADMINISTRATOR, "account.password-link");
        read("/api/v1/tokens", ADMINISTRATOR);
        change("POST", "/api/v1/tokens", ADMINISTRATOR, "token.create");
        change("DELETE", "/api/v1/tokens/{id}", ADMINISTRATOR, "token.revoke");
        read("/api/v1/audit", ADMINISTRATOR);
    }

    private void console() {
        read("/", VIEWER);
        open("GET", "/sign-in");
        open("POST", "/sign-in");
        // The audit log has an entry of its own for each way in; these lines are of the links.
        open("GET", "/first-run");
        open("POST", "/first-run");
        open("GET", "/set-password");
        open("POST", "/set-password");
        change("POST", "/sign-out", VIEWER, "sign-out");
        read("/backups", VIEWER);
        read("/backups/new", OPERATOR);
        change("POST", "/backups", OPERATOR, "backup.request");
        read("/backups/{id}", VIEWER);
        change("POST", "/backups/{id}/cancel", OPERATOR, "backup.cancel");
        change("POST", "/backups/{id}/retry", OPERATOR, "backup.retry");
        change("POST", "/backups/{id}/check-files", OPERATOR, "backup.check-files");
        change("POST", "/backups/{id}/check-source", OPERATOR, "source.test");

        read("/welcome", VIEWER);
        read("/sources", VIEWER);
        read("/sources/new", ADMINISTRATOR);
        change("POST", "/sources", ADMINISTRATOR, "source.create");
        change("POST", "/sources/test", ADMINISTRATOR, "source.test");
        read("/sources/{id}", VIEWER);
        read("/sources/{id}/edit", ADMINISTRATOR);
        change("POST", "/sources/{id}/edit", ADMINISTRATOR, "source.change");
        change("POST", "/sources/{id}/edit/test", ADMINISTRATOR, "source.test");
        change("POST", "/sources/{id}/test", OPERATOR, "source.test");
        change("POST", "/sources/{id}/pause", ADMINISTRATOR, "source.pause");
        change("POST", "/sources/{id}/resume", ADMINISTRATOR, "source.resume");
        change("POST", "/sources/{id}/delete", ADMINISTRATOR, "source.delete");
        read("/health", VIEWER);
        read("/log", VIEWER);
        read("/alerts", VIEWER);
        read("/channels", VIEWER);
        change("POST", "/channels/{name}/test", OPERATOR, "channel.test");
        read("/parked", OPERATOR);
        change("POST", "/parked/{id}/replay", OPERATOR, "message.replay");
        change("POST", "/parked/{id}/discard", OPERATOR, "message.discard");

        read("/password", VIEWER);
        change("POST", "/password", VIEWER, "password.change");
        read("/accounts", ADMINISTRATOR);
        change("POST", "/accounts", ADMINISTRATOR, "account.create");
        change("POST", "/accounts/{id}", ADMINISTRATOR, "account.change");
        change("POST", "/accounts/{id}/delete", ADMINISTRATOR, "account.delete");
        change("POST", "/accounts/{id}/password-link", ADMINISTRATOR, "account.password-link");
        read("/tokens", VIEWER);
        change("POST", "/tokens", VIEWER, "token.create");
        change("POST", "/tokens/{id}/revoke", VIEWER, "token.revoke");
        read("/audit", ADMINISTRATOR);
        read("/api-docs", VIEWER);

        open("GET", "/console/**");
        open("GET", "/favicon.ico");
        open("GET", "/oauth2/authorization/{registration}");
        open("GET", "/login/oauth2/code/{registration}");
    }

    private void operation() {
        open("GET", "/actuator/health");
        open("GET", "/actuator/health/**");
        read("/actuator", VIEWER);
        read("/actuator/info", VIEWER);
        read("/actuator/prometheus", VIEWER);
        read("/v3/api-docs", VIEWER);
        read("/v3/api-docs.yaml", VIEWER);
    }

    private void read(String pattern, Role role) {
        table.add(Route.of(READ, pattern, role, null));
    }

    private void download(String pattern, Role role, String action) {
        table.add(Route.of(READ, pattern, role, action));
    }

    private void change(String method, String pattern, Role role, String action) {
        table.add(Route.of(Set.of(method), pattern, role, action));
    }

    private void open(String method, String pattern) {
        table.add(Route.of(method.equals("GET") ? READ : Set.of(method), pattern, null, null));
    }

    /** All lines. */
    public List<Route> all() {
        return List.copyOf(table);
    }

    /** The line that a request falls under; empty where there is none, which is a refusal. */
    public Optional<Route> of(HttpServletRequest request) {
        return of(request.getMethod(), path(request));
    }

    /** The same by its parts. */
    public Optional<Route> of(String method, String path) {
        var parsed = PathContainer.parsePath(path);
        return table.stream()
                .filter(route -> route.methods().contains(method) && route.hasPath(parsed))
                .findFirst();
    }

    /** The methods that the table has for the path of a request, in order; empty where it does not know the path. */
    Set<String> methodsOf(HttpServletRequest request) {
        var path = PathContainer.parsePath(path(request));
        var methods = new TreeSet<String>();
        table.stream().filter(route -> route.hasPath(path)).forEach(route -> methods.addAll(route.methods()));
        return methods;
    }

    /** Whether somebody of this role, or nobody known, may take the route. */
    static boolean allows(Route route, @Nullable Role role) {
        var needed = route.role();
        return needed == null || (role != null && role.covers(needed));
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }
}
