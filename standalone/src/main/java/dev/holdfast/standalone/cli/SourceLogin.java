package dev.holdfast.standalone.cli;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the worker meets at the server of a source that is not stored yet.
 *
 * @param isIn whether the server let it in
 * @param isRefused whether the server refused who asked
 * @param story where it was not let in: why, and what to type
 */
record SourceLogin(boolean isIn, boolean isRefused, String story) {
    private static final String REFUSED = "SOURCE_AUTHENTICATION_FAILED";

    /**
     * Has the worker try it, now.
     *
     * @param source as it would be stored
     * @throws CommandFailure when the API refuses to try
     */
    static SourceLogin tryOut(Api api, Map<String, Object> source) {
        JsonNode report;
        try {
            report = api.body(api.post("/api/v1/sources/test", source, null));
        } catch (IOException e) {
            return new SourceLogin(false, false, String.valueOf(e.getMessage()));
        }
        if (!report.path("serverVersion").asString("").isEmpty()) {
            return new SourceLogin(true, false, "");
        }
        var failures = report.path("checks")
                .valueStream()
                .map(check -> check.path("failure"))
                .filter(failure -> failure.path("code").asString("").startsWith("SOURCE_"))
                .toList();
        return new SourceLogin(
                false,
                failures.stream()
                        .anyMatch(failure -> failure.path("code").asString("").equals(REFUSED)),
                failures.stream().flatMap(SourceLogin::lines).collect(Collectors.joining("\n")));
    }

    private static Stream<String> lines(JsonNode failure) {
        var what = "  %s: %s"
                .formatted(
                        failure.path("code").asString(""),
                        failure.path("summary").asString(""));
        var fixes = failure.path("remedies")
                .valueStream()
                .flatMap(remedy -> Stream.concat(
                        Stream.of("  fix: " + RemedyText.title(remedy)),
                        RemedyText.commands(remedy).map("    "::concat)));
        return Stream.concat(Stream.of(what), fixes);
    }
}
