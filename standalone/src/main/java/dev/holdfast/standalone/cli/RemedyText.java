package dev.holdfast.standalone.cli;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A remedy in words; one that deletes something says so before its commands, for they are pasted without a second look. */
final class RemedyText {
    private RemedyText() {}

    static String title(JsonNode remedy) {
        var title = remedy.path("title").asString("");
        return remedy.path("destructive").asBoolean(false)
                ? "DESTRUCTIVE, what it deletes can't be brought back: " + title
                : title;
    }

    static Stream<String> commands(JsonNode remedy) {
        return commands(remedy, UnaryOperator.identity());
    }

    static Stream<String> commands(JsonNode remedy, UnaryOperator<String> asTyped) {
        return remedy.path("commands").valueStream().map(command -> "$ " + asTyped.apply(command.asString("")));
    }
}
