package dev.holdfast.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.api.RunningApi;
import dev.holdfast.api.TestAccounts;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMethodMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** Every route with every role: what the service serves and what {@link Routes} says are the same. */
class RoutesIT {
    private static final RunningApi API = RunningApi.shared();
    private static final String UNKNOWN = "00000000-0000-0000-0000-000000000001";
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** Reached by a forward of the container alone. */
    private static final Set<String> INSIDE = Set.of("/error", "/sign-in/refused");

    /** Answered by a filter, which no mapping knows. */
    private static final Set<String> FILTERS = Set.of(
            "POST /sign-in",
            "POST /sign-out",
            "GET /oauth2/authorization/{registration}",
            "GET /login/oauth2/code/{registration}",
            "GET /favicon.ico");

    private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);

    @BeforeAll
    static void makeTokens() {
        for (var role : Role.values()) {
            TOKENS.put(role, TestAccounts.token(API, role.wireName()));
        }
    }

    static List<Route> routes() {
        return API.bean(Routes.class).all();
    }

    @Test
    void every_route_that_is_served_is_in_the_table() {
        var routes = API.bean(Routes.class);

        assertThat(served()).hasSizeGreaterThan(30).allSatisfy(line -> {
            var parts = line.split(" ", 2);
            assertThat(routes.of(parts[0], sample(parts[1]))).as(line).isPresent();
        });
    }

    @Test
    void the_table_has_no_line_that_nothing_serves() {
        var served = served().stream().map(RoutesIT::sampled).toList();

        assertThat(routes())
                .allSatisfy(route -> assertThat(route.methods().stream()
                                .map(method -> method + " " + route.pattern().getPatternString()))
                        .as(route.toString())
                        .anyMatch(line ->
                                served.contains(sampled(line)) || FILTERS.contains(line) || line.endsWith("/**")));
    }

    @Test
    void what_changes_something_is_written_down() {
        assertThat(routes())
                .filteredOn(route -> !route.methods().contains("GET") && !route.isPublic())
                .allSatisfy(
                        route -> assertThat(route.action()).as(route.toString()).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("routes")
    void nobody_and_every_role_get_what_the_table_says(Route route) throws Exception {
        var path = sample(route.pattern().getPatternString());
        for (var method : route.methods()) {
            for (var role : roles()) {
                var status = status(method, path, role);
                var what = method + " " + path + " as " + role;
                if (route.isPublic()) {
                    // A form that no page of ours made, or a wrong password, is nobody's.
                    assertThat(status).as(what).isNotIn(403, 405, 500, method.equals("POST") ? 0 : 401);
                } else if (role == null) {
                    assertThat(status).as(what).isEqualTo(401);
                } else if (role.covers(route.role())) {
                    assertThat(status).as(what).isNotIn(401, 403, 405, 500);
                } else {
                    assertThat(status).as(what).isEqualTo(403);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void no_other_method_is_let_through(Route route) throws Exception {
        var path = sample(route.pattern().getPatternString());
        var known = API.bean(Routes.class);
        for (var method : METHODS) {
            if (known.of(method, path).isEmpty()) {
                assertThat(status(method, path, null)).as("%s %s", method, path).isIn(401, 403);
                assertThat(status(method, path, Role.ADMINISTRATOR))
                        .as("%s %s", method, path)
                        .isIn(403, 404, 405);
            }
        }
    }

    private static List<Role> roles() {
        var roles = new ArrayList<Role>(List.of(Role.values()));
        roles.add(null);
        return roles;
    }

    private static int status(String method, String path, Role role) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(API.address(path)).header("Accept", "application/json, text/event-stream");
        if (role != null) {
            request.header("Authorization", "Bearer " + TOKENS.get(role));
        }
        boolean form = !path.startsWith("/api/");
        if (method.equals("POST") || method.equals("PUT")) {
            request.header("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json")
                    .method(method, BodyPublishers.ofString(form ? "" : "{}"));
        } else {
            request.method(method, BodyPublishers.noBody());
        }
        var answer = API.client().send(request.build(), BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    /** What the mappings of the running service know, as "GET /path". */
    private static Set<String> served() {
        var lines = new TreeSet<String>();
        API.beans(HandlerMapping.class).values().forEach(mapping -> {
            if (mapping instanceof AbstractHandlerMethodMapping<?> methods) {
                methods.getHandlerMethods().keySet().stream()
                        .filter(RequestMappingInfo.class::isInstance)
                        .map(RequestMappingInfo.class::cast)
                        .flatMap(RoutesIT::lines)
                        .forEach(lines::add);
            } else if (mapping instanceof SimpleUrlHandlerMapping files) {
                files.getUrlMap().keySet().stream()
                        .filter(pattern -> !pattern.equals("/**") && !pattern.startsWith("/webjars"))
                        .map(pattern -> "GET " + pattern)
                        .forEach(lines::add);
            }
        });
        return lines;
    }

    private static Stream<String> lines(RequestMappingInfo info) {
        var methods = info.getMethodsCondition().getMethods().isEmpty()
                ? Set.of(RequestMethod.GET)
                : info.getMethodsCondition().getMethods();
        return info.getPatternValues().stream()
                .filter(pattern -> !INSIDE.contains(pattern))
                .flatMap(pattern -> methods.stream().map(method -> method + " " + pattern));
    }

    private static String sampled(String line) {
        var parts = line.split(" ", 2);
        return parts[0] + " " + sample(parts[1]);
    }

    private static String sample(String pattern) {
        return pattern.isEmpty()
                ? "/"
                : pattern.replaceAll("\\{\\*[^}]+}", "/x")
                        .replaceAll("\\{[^}]+}", UNKNOWN)
                        .replace("/**", "/x")
                        .replace("*", "x");
    }
}
