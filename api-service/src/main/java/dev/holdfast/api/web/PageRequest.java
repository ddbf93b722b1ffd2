package dev.holdfast.api.web;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param scope the list and its filters: a cursor leads on in the list that it came from, and in no other
 * @param after the last id that the client has; absent for the beginning
 */
public record PageRequest(String scope, @Nullable UUID after, int limit) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    /**
     * Reads the query parameters {@code cursor} and {@code limit}.
     *
     * @throws ApiProblem when one of them is not possible
     */
    public static PageRequest of(String scope, @Nullable String cursor, @Nullable Integer limit) {
        int wanted = limit == null ? DEFAULT_LIMIT : limit;
        if (wanted < 1 || wanted > MAX_LIMIT) {
            throw ApiProblem.invalid(FieldProblem.parameter("limit", "must be from 1 to " + MAX_LIMIT, "OUT_OF_RANGE"));
        }
        return new PageRequest(scope, cursor == null ? null : Cursor.read(cursor, scope), wanted);
    }

    /** How many rows to fetch: one more than wanted, to know whether there is a next page. */
    public int fetch() {
        return limit + 1;
    }

    /** The page out of what was fetched. */
    public <R, T> Page<T> page(List<R> fetched, Function<R, UUID> id, Function<R, T> view) {
        var rows = fetched.subList(0, Math.min(limit, fetched.size()));
        var next = fetched.size() > limit ? Cursor.write(id.apply(rows.getLast()), scope) : null;
        return new Page<>(rows.stream().map(view).toList(), next);
    }
}
