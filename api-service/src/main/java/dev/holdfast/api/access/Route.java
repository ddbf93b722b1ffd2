package dev.holdfast.api.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A line of {@link Routes}.
 *
 * @param methods HTTP methods
 * @param pattern of paths, as in Spring MVC
 * @param role the least that is enough; null where everybody may
 * @param action what the audit log calls it; null where nothing is changed and nothing leaves the house
 */
public record Route(
        Set<String> methods,
        PathPattern pattern,
        @Nullable Role role,
        @Nullable String action) {
    private static final PathPatternParser PARSER = PathPatternParser.defaultInstance;

    static Route of(Set<String> methods, String pattern, @Nullable Role role, @Nullable String action) {
        return new Route(methods, PARSER.parse(pattern), role, action);
    }

    boolean hasPath(PathContainer path) {
        return pattern.matches(path);
    }

    boolean isPublic() {
        return role == null;
    }
}
