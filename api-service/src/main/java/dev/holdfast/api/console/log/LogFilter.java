package dev.holdfast.api.console.log;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What somebody wants to see of the log; empty where it is no matter.
 *
 * @param from from when on, in UTC, as a browser's field for a time has it
 * @param to until when
 */
public record LogFilter(
        String source, String backup, String level, String type, String text, String from, String to, String cursor) {

    /** Missing fields are empty ones. */
    public LogFilter {
        source = text(source);
        backup = text(backup);
        level = text(level);
        type = text(type);
        text = text(text);
        from = text(from);
        to = text(to);
        cursor = text(cursor);
    }

    /** Whether anything is left out by it. */
    public boolean isNarrow() {
        return !String.join("", source, backup, level, type, text, from, to).isEmpty();
    }

    Map<String, String> query() {
        var query = fields();
        query.put("from", instant(from));
        query.put("to", instant(to));
        // Progress is left out unless it is what is asked for.
        query.put("level", level.isEmpty() && type.contains("progressed") ? "debug" : level);
        query.put("cursor", cursor);
        return query;
    }

    /** The page's address with the same filter at another place. */
    String address(String next) {
        var address = UriComponentsBuilder.fromPath("/log");
        var values = fields();
        values.put("cursor", next);
        values.values().removeIf(String::isEmpty);
        values.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.encode().buildAndExpand(values).toUriString();
    }

    private Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("source", source);
        fields.put("backup", backup);
        fields.put("level", level);
        fields.put("type", type);
        fields.put("text", text);
        fields.put("from", from);
        fields.put("to", to);
        return fields;
    }

    /** A browser's field leaves out seconds that are zero, and the zone. */
    private static String instant(String local) {
        return local.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}")
                ? local + ":00Z"
                : local.isEmpty() ? "" : local + "Z";
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }
}
