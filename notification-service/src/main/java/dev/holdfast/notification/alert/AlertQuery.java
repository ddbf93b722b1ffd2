package dev.holdfast.notification.alert;

import dev.holdfast.notification.web.QueryParameters;
import java.nio.ByteBuffer;
import java.util.Base64;
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
    private static final int DEFAULT_LIMIT = 50;
    private static final int GREATEST_LIMIT = 200;
    private static final int ID_BYTES = 16;

    /**
     * Understands the parameters as a query.
     *
     * @throws dev.holdfast.notification.web.InvalidParameters naming every parameter that is wrong
     */
    static AlertQuery parse(Map<String, List<String>> given) {
        var parameters = new QueryParameters(given, KNOWN);
        var open = parameters.read("state", AlertQuery::state, "open or resolved");
        var before = parameters.read("cursor", AlertQuery::id, "the next of a page before");
        var limit = parameters.read("limit", AlertQuery::limit, "a number from 1 to " + GREATEST_LIMIT);
        parameters.requireValid();
        return new AlertQuery(open, before, limit == null ? DEFAULT_LIMIT : limit);
    }

    /** The cursor of the page that begins after this alert, opaque to clients. */
    static String cursor(UUID last) {
        var bytes = ByteBuffer.allocate(ID_BYTES)
                .putLong(last.getMostSignificantBits())
                .putLong(last.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static Optional<Boolean> state(String value) {
        return switch (value) {
            case "open" -> Optional.of(true);
            case "resolved" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<UUID> id(String token) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            return bytes.remaining() == ID_BYTES
                    ? Optional.of(new UUID(bytes.getLong(), bytes.getLong()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> limit(String value) {
        return value.matches("[1-9]\\d{0,2}")
                ? Optional.of(Integer.valueOf(value)).filter(limit -> limit <= GREATEST_LIMIT)
                : Optional.empty();
    }
}
