package dev.holdfast.notification.alert;

import dev.holdfast.notification.web.IdCursor;
import dev.holdfast.notification.web.QueryParameters;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /api/v1/alerts} is asked for.
 *
 * @param open null for open and resolved ones
 * @param before the last alert of the page before
 */
record AlertQuery(@Nullable Boolean open, @Nullable UUID before, int limit) {
    private static final Set<String> KNOWN =
            Collections.unmodifiableSet(new LinkedHashSet<>(List.of("state", "cursor", "limit")));

    /**
     * Understands the parameters as a query.
     *
     * @throws dev.holdfast.notification.web.InvalidParameters naming every parameter that is wrong
     */
    static AlertQuery parse(Map<String, List<String>> given) {
        var parameters = new QueryParameters(given, KNOWN);
        var open = parameters.read("state", AlertQuery::state, "open or resolved");
        var before = parameters.read("cursor", IdCursor::parse, "the next of a page before");
        var limit = parameters.limit();
        parameters.requireValid();
        return new AlertQuery(open, before, limit);
    }

    private static Optional<Boolean> state(String value) {
        return switch (value) {
            case "open" -> Optional.of(true);
            case "resolved" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
