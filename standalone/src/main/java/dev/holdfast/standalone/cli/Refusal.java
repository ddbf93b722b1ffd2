package dev.holdfast.standalone.cli;

import java.net.URI;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/** A problem document (RFC 9457) in a line, and what to type in a second one. */
final class Refusal {
    private static final int UNAUTHENTICATED = 401;

    private Refusal() {}

    static String inWords(int status, JsonNode problem, URI base) {
        var fields = new ArrayList<String>();
        for (var error : problem.path("errors")) {
            var place = error.path("pointer").asString(error.path("parameter").asString(""));
            fields.add(
                    place.replaceFirst("^/", "") + ": " + error.path("message").asString(""));
        }
        var detail = problem.path("detail").asString(problem.path("title").asString("no reason was given"));
        var fix = fix(status, problem, base);
        return "%s (%s)%s%s"
                .formatted(
                        detail,
                        problem.path("code").asString("status " + status),
                        fields.isEmpty() ? "" : ": " + String.join("; ", fields),
                        fix.isEmpty() ? "" : "\n  fix: " + fix);
    }

    /** A command has no header to set; what it is let in with comes from a variable. */
    private static String fix(int status, JsonNode problem, URI base) {
        return status == UNAUTHENTICATED
                ? "export HOLDFAST_TOKEN=..., with a token that an administrator makes at " + base + "/tokens"
                : problem.path("fix").asString("");
    }
}
