package dev.holdfast.notification.log;

import dev.holdfast.notification.text.StorableText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event's data as it came over the wire, so that fields of newer versions are kept too; without secrets, and such that
 * PostgreSQL can store it.
 */
final class EventData {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Sealed or not, for known events or ones of tomorrow: nothing that is called like this belongs into a log. */
    private static final Pattern SECRET =
            Pattern.compile("(password|passwd|passphrase|secret|token|credentials?|(api|private|secret|access)key)$");

    /** Texts of the catalogue of failures: the same for every case, so a search for a case must not find them. */
    private static final Set<String> NOT_SEARCHED = Set.of("cause", "remedies");

    private static final int MOST_DIGITS = 1_000;

    private final JsonNode tree;

    private EventData(JsonNode tree) {
        this.tree = tree;
    }

    /** Reads data; empty when it is no JSON. An event without data has an empty object. */
    static Optional<EventData> parse(byte[] payload) {
        try {
            return Optional.of(
                    new EventData(storable(payload.length == 0 ? JSON.createObjectNode() : JSON.readTree(payload))));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    String json() {
        return JSON.writeValueAsString(tree);
    }

    /** Every text in it that belongs to this case. */
    List<String> texts() {
        var texts = new ArrayList<String>();
        collect(tree, texts);
        return texts;
    }

    Optional<String> text(String field) {
        return tree.path(field).stringValueOpt();
    }

    Optional<UUID> uuid(String field) {
        return text(field).flatMap(UuidText::parse);
    }

    Optional<Integer> number(String field) {
        return tree.path(field).isInt() ? Optional.of(tree.path(field).intValue()) : Optional.empty();
    }

    private static JsonNode storable(JsonNode node) {
        if (node.isObject()) {
            var copy = JSON.createObjectNode();
            node.properties().stream()
                    .filter(field -> !isSecret(field.getKey()))
                    .forEach(field -> copy.set(StorableText.of(field.getKey()), storable(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            var copy = JSON.createArrayNode();
            node.forEach(element -> copy.add(storable(element)));
            return copy;
        }
        if (node.isString()) {
            return JSON.getNodeFactory().stringNode(StorableText.of(node.stringValue()));
        }
        return node.isNumber() && isTooLong(node.decimalValue())
                ? JSON.getNodeFactory().stringNode(node.asString())
                : node;
    }

    /** PostgreSQL writes a number out, and takes none with too many digits before or after its point. */
    private static boolean isTooLong(BigDecimal number) {
        return Math.abs((long) number.scale()) > MOST_DIGITS;
    }

    private static boolean isSecret(String name) {
        return SECRET.matcher(name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", ""))
                .find();
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isString()) {
            texts.add(node.stringValue());
        }
        if (node.isArray()) {
            node.forEach(element -> collect(element, texts));
        }
        if (node.isObject()) {
            node.properties().stream()
                    .filter(field -> !NOT_SEARCHED.contains(field.getKey()))
                    .forEach(field -> collect(field.getValue(), texts));
        }
    }
}
