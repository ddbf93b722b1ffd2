package dev.holdfast.api.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What each parameter is, with an example: most of them occur in many requests, and mean the same in all. */
final class ParameterTexts {
    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final String PREFIX = "/api/v1/";

    /** By name; by resource and name where it means something else there. */
    private static final Map<String, Text> TEXTS = Map.ofEntries(
            text("accounts id", "The account's id", "01a1a0a5-04b8-7099-8580-6b0d6f03675a"),
            text(
                    "tokens id",
                    "The token's id; the token itself is shown once and never again",
                    "01a1a0b0-3e78-76ca-83c8-90c1d3ac94af"),
            text("sources id", "The source's id", "01a1a0b0-3e76-752e-bca9-6513269e0d37"),
            text("backups id", "The backup's id", "01a20b48-0a9c-7a6a-8317-d23f128b2f33"),
            text("parked-messages id", "The parked message's id", "01a20b48-4c11-7d0e-9f6e-0a8e6f0c5b21"),
            text("cursor", "The next of the part before; the first part without it", "AaIQbnDNcO26ODb2gedO9Q"),
            text("limit", "How many items a part has at most", USUAL),
            text("state", "Only those that are still so, or are over; all of them without it", "open"),
            text(
                    "actor",
                    "Whose doings, as the field actor of an entry has it: an account's name, or with a token Ada (token deploy)",
                    "Ada"),
            text("action", "What was done, as the field action of an entry has it", "sign-in"),
            text("backups source", "Only those of this source: its id or its name", "webshop"),
            text("log source", "Only entries about this source: its id or its name", "webshop"),
            text("status", "Only backups that stand so", "failed"),
            text("file", "The artifact's name, as the backup's field artifacts has it", "database.dump"),
            text("name", "The channel: email or slack", "email"),
            text("backup", "Only what is about this backup, by its id", "01a20b48-0a9c-7a6a-8317-d23f128b2f33"),
            text(
                    "level",
                    "Only entries of this level and graver ones: debug, info, warn or error; info and graver without it",
                    "error"),
            text("type", "Only events of this type, by its name on the wire", "dev.holdfast.backup.failed.v1"),
            text("text", "Only entries that hold these words, in any order", "permission denied"),
            text("from", "Only entries of this instant and later, in RFC 3339", "2026-11-24T00:00:00Z"),
            text("to", "Only entries before this instant, in RFC 3339", "2026-11-25T00:00:00Z"),
            text("queue", "Only messages of this queue", "holdfast.events.api"),
            text(
                    "Idempotency-Key",
                    "A text of your own, new for each wish: the same request with the same key is accepted once, and answered"
                            + " the same again, so that a script may repeat what it got no answer to",
                    "nightly-2026-11-24"),
            text(
                    "If-Match",
                    "The ETag of the source as you have read it: 412 where somebody has changed it since. Without it, the last"
                            + " one to change it wins",
                    "\"3\""),
            text(
                    "Last-Event-ID",
                    "The id of the last event that you have, to go on after it; EventSource sends it by itself",
                    "4711"),
            text(
                    "lastEventId",
                    "The same in the address, where a header can't be set; the header counts where both are there",
                    "4711"));

    private ParameterTexts() {}

    private record Text(String description, Object example) {}

    static void addTo(OpenAPI description) {
        description
                .getPaths()
                .forEach((path, item) -> item.readOperations().stream()
                        .flatMap(operation -> Optional.ofNullable(operation.getParameters()).stream()
                                .flatMap(java.util.List::stream))
                        .forEach(parameter -> describe(parameter, path)));
    }

    private static void describe(Parameter parameter, String path) {
        if (parameter.getName().equals("limit")) {
            // Some services read it themselves, and take it as a text here.
            var number = new IntegerSchema();
            number.setTypes(Set.of("integer"));
            number.minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(MOST)).setDefault(USUAL);
            parameter.schema(number);
        }
        var resource = path.substring(PREFIX.length()).replaceFirst("/.*", "");
        var general = TEXTS.get(parameter.getName());
        var text = Objects.requireNonNull(
                TEXTS.getOrDefault(resource + " " + parameter.getName(), general),
                () -> "what is the parameter " + parameter.getName() + " of " + path + "?");
        if (Boolean.TRUE.equals(parameter.getRequired())) {
            parameter.description(text.description()).example(text.example());
        } else {
            // An example of its own would be sent along by whoever tries the request in a browser.
            parameter.description(text.description() + ". Such as " + text.example());
        }
    }

    private static Map.Entry<String, Text> text(String parameter, String description, Object example) {
        return Map.entry(parameter, new Text(description, example));
    }
}
