package dev.holdfast.notification.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query string strictly: what is unknown, given twice, empty or unreadable is reported, all of it at once, instead of
 * being ignored. A filter that is silently dropped would show too much.
 */
public final class QueryParameters {
    private static final int DEFAULT_LIMIT = 50;
    private static final int GREATEST_LIMIT = 200;

    private final Map<String, List<String>> given;
    private final List<InvalidParameter> errors = new ArrayList<>();

    public QueryParameters(Map<String, List<String>> given, Set<String> known) {
        this.given = given;
        for (var name : given.keySet()) {
            if (!known.contains(name)) {
                errors.add(InvalidParameter.unknown(
                        name, "there is no such parameter here, only " + String.join(", ", known)));
            }
        }
    }

    /** The value of a parameter, or null where it is absent or has been reported. */
    public @Nullable String text(String name) {
        var values = given.get(name);
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            reject(name, "is given more than once");
            return null;
        }
        var value = values.getFirst();
        if (value == null || value.isBlank()) {
            reject(name, "is empty; leave it out instead");
            return null;
        }
        if (value.indexOf('\0') >= 0) {
            reject(name, "contains the character U+0000");
            return null;
        }
        return value;
    }

    /**
     * The value of a parameter as something else.
     *
     * @param parse empty for a value that can't be read
     * @param expected what would be right, for the one who gave the value
     */
    public <T> @Nullable T read(String name, Function<String, Optional<T>> parse, String expected) {
        var value = text(name);
        if (value == null) {
            return null;
        }
        var read = parse.apply(value);
        if (read.isEmpty()) {
            reject(name, "must be " + expected);
        }
        return read.orElse(null);
    }

    /** How many items a page may have, by the parameter {@code limit}. */
    public int limit() {
        var limit = read("limit", QueryParameters::limit, "a number from 1 to " + GREATEST_LIMIT);
        return limit == null ? DEFAULT_LIMIT : limit;
    }

    private static Optional<Integer> limit(String value) {
        return value.matches("[1-9]\\d{0,2}")
                ? Optional.of(Integer.valueOf(value)).filter(limit -> limit <= GREATEST_LIMIT)
                : Optional.empty();
    }

    /** Reports a parameter. */
    public void reject(String name, String message) {
        errors.add(InvalidParameter.value(name, message));
    }

    /**
     * Ends the reading.
     *
     * @throws InvalidParameters if anything was reported
     */
    public void requireValid() {
        if (!errors.isEmpty()) {
            throw new InvalidParameters(errors);
        }
    }
}
