package dev.holdfast.api.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Tells a person's browser that looks at the console from a program. */
public final class Browser {
    /** What programs use, whatever they accept. */
    private static final List<String> FOR_PROGRAMS = List.of("/api/", "/v3/", "/actuator");

    private Browser() {}

    /** Whether the answer to a request will be looked at as a page. */
    public static boolean isAsking(HttpServletRequest request) {
        return isAsking(request, request.getRequestURI());
    }

    /** @param path that was asked for; another one than the request's where the container has forwarded it */
    static boolean isAsking(HttpServletRequest request, String path) {
        return isPage(path)
                && (request.getHeader("HX-Request") != null || accepts(request.getHeader(HttpHeaders.ACCEPT)));
    }

    /** Whether there may be a page at this path, and forms are sent to it. */
    public static boolean isPage(String path) {
        return FOR_PROGRAMS.stream().noneMatch(path::startsWith);
    }

    private static boolean accepts(@Nullable String accept) {
        return accept != null && accept.contains("text/html");
    }
}
