package dev.holdfast.standalone.cli;

import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/** A problem document (RFC 9457) in one line. */
final class Refusal {
    private Refusal() {}

    static String inWords(int status, JsonNode problem) {
        var fields = new ArrayList<String>();
        for (var error : problem.path("errors")) {
            var place = error.path("pointer").asString(error.path("parameter").asString(""));
            fields.add(
                    place.replaceFirst("^/", "") + " " + error.path("message").asString(""));
        }
        var detail = problem.path("detail").asString(problem.path("title").asString("no reason was given"));
        return "%s (%s)%s"
                .formatted(
                        detail,
                        problem.path("code").asString("status " + status),
                        fields.isEmpty() ? "" : ": " + String.join("; ", fields));
    }
}
