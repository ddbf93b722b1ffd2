package dev.holdfast.api.web;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What a thing must still be for a change of it to be done: the header {@code If-Match} (RFC 9110).
 *
 * @param tags with their quotes; empty for anything
 */
public record IfMatch(List<String> tags) {
    /** No condition. */
    public static final IfMatch ANYTHING = new IfMatch(List.of());

    private static final Pattern TAGS =
            Pattern.compile("\\s*(W/)?\"[\\x21\\x23-\\x7e]*\"\\s*(,\\s*(W/)?\"[\\x21\\x23-\\x7e]*\"\\s*)*");

    /**
     * Reads the header.
     *
     * @throws ApiProblem when it is neither {@code *} nor a list of entity tags
     */
    public static IfMatch of(@Nullable String header) {
        if (header == null || header.strip().equals("*")) {
            return ANYTHING;
        }
        if (!TAGS.matcher(header).matches()) {
            throw ApiProblem.invalid(
                    FieldProblem.header(HttpHeaders.IF_MATCH, "must be the ETag of an answer, with its quotes"));
        }
        return new IfMatch(Arrays.stream(header.split(",")).map(String::strip).toList());
    }

    /** Whether the thing's present tag is one of them; a weak one never is. */
    public boolean allows(String tag) {
        return tags.isEmpty() || tags.contains(tag);
    }
}
