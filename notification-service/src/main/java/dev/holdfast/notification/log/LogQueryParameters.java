package dev.holdfast.notification.log;

import dev.holdfast.notification.web.QueryParameters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the query string of {@code GET /api/v1/log}. */
final class LogQueryParameters {
    private static final Set<String> KNOWN = Collections.unmodifiableSet(
            new LinkedHashSet<>(List.of("source", "backup", "level", "type", "text", "from", "to", "cursor", "limit")));
    private static final int LONGEST_TEXT = 500;
    private static final Pattern RFC_3339 =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private LogQueryParameters() {}

    /**
     * Understands the parameters as a query.
     *
     * @throws dev.holdfast.notification.web.InvalidParameters naming every parameter that is wrong
     */
    static LogQuery parse(Map<String, List<String>> given) {
        var parameters = new QueryParameters(given, KNOWN);
        var source = parameters.text("source");
        var sourceId = Optional.ofNullable(source).flatMap(UuidText::parse);
        var backup = parameters.read("backup", UuidText::parse, "a backup's id, which is a UUID");
        var level = parameters.read("level", LogLevel::named, "debug, info, warn or error");
        var type = parameters.text("type");
        var text = parameters.text("text");
        if (text != null && text.length() > LONGEST_TEXT) {
            parameters.reject("text", "must not be longer than " + LONGEST_TEXT + " characters");
        }
        var from = time(parameters, "from");
        var to = time(parameters, "to");
        if (from != null && to != null && from.isAfter(to)) {
            parameters.reject("to", "must not be earlier than from");
        }
        var cursor = parameters.read("cursor", LogCursor::parse, "the next of a page before");
        var limit = parameters.limit();
        parameters.requireValid();
        return new LogQuery(
                sourceId.orElse(null),
                sourceId.isPresent() ? null : source,
                backup,
                level == null ? LogLevel.INFO : level,
                type,
                text == null ? List.of() : SearchWords.patterns(text),
                from,
                to,
                cursor,
                limit);
    }

    private static @Nullable Instant time(QueryParameters parameters, String name) {
        return parameters.read(
                name,
                LogQueryParameters::instant,
                "an RFC 3339 time such as 2026-01-31T12:00:00Z (a + of an offset is written %2B in a URL)");
    }

    private static Optional<Instant> instant(String value) {
        try {
            return RFC_3339.matcher(value).matches()
                    ? Optional.of(OffsetDateTime.parse(value).toInstant())
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
