package dev.holdfast.notification.parked;

import dev.holdfast.notification.web.IdCursor;
import dev.holdfast.notification.web.QueryParameters;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /api/v1/parked-messages} is asked for.
 *
 * @param queue null for those of every queue
 * @param before the last message of the page before
 */
record ParkedQuery(@Nullable String queue, @Nullable UUID before, int limit) {
    private static final Set<String> KNOWN =
            Collections.unmodifiableSet(new LinkedHashSet<>(List.of("queue", "cursor", "limit")));

    /**
     * Understands the parameters as a query.
     *
     * @throws dev.holdfast.notification.web.InvalidParameters naming every parameter that is wrong
     */
    static ParkedQuery parse(Map<String, List<String>> given) {
        var parameters = new QueryParameters(given, KNOWN);
        var queue = parameters.text("queue");
        var before = parameters.read("cursor", IdCursor::parse, "the next of a page before");
        var limit = parameters.limit();
        parameters.requireValid();
        return new ParkedQuery(queue, before, limit);
    }
}
