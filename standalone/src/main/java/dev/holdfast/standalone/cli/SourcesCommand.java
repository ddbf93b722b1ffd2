package dev.holdfast.standalone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code ./holdfast sources}; its help is the text file beside it, which the launcher shows without starting a JVM. */
@Command(name = "sources")
final class SourcesCommand implements Callable<Integer> {

    // No subcommand: an option before it would be one of another command, and the source of another Holdfast would go.
    @Parameters(arity = "0..2", paramLabel = "delete NAME")
    private List<String> words = List.of();

    @Mixin
    private final InstanceOptions instance;

    private final PrintWriter out;

    SourcesCommand(Map<String, String> environment, PrintWriter out) {
        this.instance = new InstanceOptions(environment);
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        if (!words.isEmpty() && (words.size() != 2 || !words.getFirst().equals("delete"))) {
            throw CommandFailure.misused("sources can be listed, or one deleted: ./holdfast sources delete NAME");
        }
        try (var api = instance.open()) {
            if (words.isEmpty()) {
                list(new KnownSources(api).all());
            } else {
                delete(api, words.getLast());
            }
        }
        return 0;
    }

    private void list(List<JsonNode> sources) {
        if (sources.isEmpty()) {
            out.println("No sources yet. The first one comes with its first backup:");
            out.println(
                    "  ./holdfast backup postgresql://USER:PASSWORD@HOST:5432/DATABASE --wait" + instance.asTyped());
        }
        int width = sources.stream()
                .mapToInt(source -> text(source, "name").length())
                .max()
                .orElse(0);
        for (var source : sources) {
            out.println("%s%s  %s on %s:%d as %s%s"
                    .formatted(
                            text(source, "name"),
                            " ".repeat(width - text(source, "name").length()),
                            text(source, "database"),
                            text(source, "host"),
                            source.path("port").asInt(0),
                            text(source, "username"),
                            source.path("paused").asBoolean(false) ? ", paused" : ""));
        }
    }

    private void delete(Api api, String name) throws IOException {
        var source = new KnownSources(api)
                .find(known -> text(known, "name").equals(name))
                .orElseThrow(() -> CommandFailure.failed("there is no source " + name
                        + "\n  fix: see which ones there are: ./holdfast sources" + instance.asTyped()));
        api.delete("/api/v1/sources/" + text(source, "id"));
        out.println("Deleted source " + name + ". Its backups stay.");
    }

    private static String text(JsonNode source, String field) {
        return source.path(field).asString("");
    }
}
