package dev.holdfast.api.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Tells a person's browser that looks at the console from a program. */
public final class Browser {
    /** What programs use, whatever they accept. */
    private static final List<String> FOR_PROGRAMS = List.of("/api/", "/v3/", "/actuator");

    /** What of it a page links to for people to look at. */
    private static final Pattern LINKED = Pattern.compile("/api/v1/backups/[^/]+/log|/v3/api-docs(\\.yaml)?");

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

    /** Whether a person has opened an address of programs to which a page links, as a page of its own. */
    public static boolean isFollowingLink(HttpServletRequest request) {
        return LINKED.matcher(request.getRequestURI()).matches() && accepts(request.getHeader(HttpHeaders.ACCEPT));
    }

    /** Whether there may be a page at this path, and forms are sent to it. */
    public static boolean isPage(String path) {
        return FOR_PROGRAMS.stream().noneMatch(path::startsWith);
    }

    private static boolean accepts(@Nullable String accept) {
        return accept != null && accept.contains("text/html");
    }
}
