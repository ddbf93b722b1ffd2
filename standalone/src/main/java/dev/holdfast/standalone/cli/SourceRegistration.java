package dev.holdfast.standalone.cli;

import dev.holdfast.common.address.DatabaseAddress;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes a source of a database that Holdfast does not know yet, and brings one that it knows up to date. */
final class SourceRegistration {
    private static final int CONFLICT = 409;
    private static final int MAX_NAME = 190;
    private static final int NAME_TRIES = 100;

    private final Api api;

    SourceRegistration(Api api) {
        this.api = api;
    }

    /**
     * What a source is to be.
     *
     * @param password absent to keep the one that Holdfast has
     * @param media empty to keep those that Holdfast has
     */
    record Wanted(DatabaseAddress url, @Nullable String password, List<String> media) {

        /** What a known source has from here on, in words: whoever mistypes a password should see where it went. */
        List<String> given() {
            var given = new ArrayList<String>();
            if (password != null) {
                given.add("the password given now");
            }
            if (url.sslMode() != null) {
                given.add("sslMode " + url.sslMode());
            }
            if (!media.isEmpty()) {
                given.add("media " + String.join(", ", media));
            }
            return given;
        }
    }

    /** A source, and whether it has just been made. */
    record Registered(String id, String name, boolean isNew) {}

    /** @param missingPassword asked for a new source that came without one */
    Registered register(Wanted wanted, Supplier<String> missingPassword) throws IOException {
        var known = find(wanted.url());
        if (known.isPresent()) {
            update(known.get(), wanted);
            return new Registered(text(known.get(), "id"), text(known.get(), "name"), false);
        }
        var password = wanted.password() == null ? missingPassword.get() : wanted.password();
        return create(new Wanted(wanted.url(), password, wanted.media()));
    }

    private Optional<JsonNode> find(DatabaseAddress url) throws IOException {
        var path = "/api/v1/sources?limit=100";
        while (true) {
            var page = api.get(path);
            for (var source : page.path("items")) {
                if (isAt(source, url)) {
                    return Optional.of(source);
                }
            }
            var next = page.path("next").asString("");
            if (next.isEmpty()) {
                return Optional.empty();
            }
            path = "/api/v1/sources?limit=100&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
    }

    private static boolean isAt(JsonNode source, DatabaseAddress url) {
        return text(source, "host").equalsIgnoreCase(url.host())
                && source.path("port").asInt(0) == url.port()
                && text(source, "database").equals(url.database())
                && text(source, "username").equals(url.username());
    }

    /** Also when only a password came: it can't be compared, for the API never shows the one it has. */
    private void update(JsonNode source, Wanted wanted) throws IOException {
        var present = new ArrayList<String>();
        source.path("mediaPaths").forEach(path -> present.add(path.asString("")));
        var media = wanted.media().isEmpty() ? present : wanted.media();
        var sslMode = Optional.ofNullable(wanted.url().sslMode()).orElse(text(source, "sslMode"));
        if (wanted.password() == null && media.equals(present) && sslMode.equals(text(source, "sslMode"))) {
            return;
        }
        api.put("/api/v1/sources/" + text(source, "id"), body(text(source, "name"), wanted, sslMode, media));
    }

    private Registered create(Wanted wanted) throws IOException {
        var stem = stem(wanted.url().database());
        for (int i = 1; i <= NAME_TRIES; i++) {
            var name = i == 1 ? stem : stem + "-" + i;
            var answer =
                    api.post("/api/v1/sources", body(name, wanted, wanted.url().sslMode(), wanted.media()), null);
            if (answer.statusCode() != CONFLICT) {
                return new Registered(text(api.body(answer), "id"), name, true);
            }
        }
        throw CommandFailure.failed("no free name was found for a source like " + stem);
    }

    /** A database may have a name that nothing else may have: too long, or with white space around it. */
    private static String stem(String database) {
        var shown = database.replaceAll("\\p{Cntrl}", "_").strip();
        if (shown.isEmpty()) {
            return "database";
        }
        return shown.codePointCount(0, shown.length()) <= MAX_NAME
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, MAX_NAME)).strip();
    }

    private static Map<String, Object> body(String name, Wanted wanted, @Nullable String sslMode, List<String> media) {
        var body = new LinkedHashMap<String, Object>();
        body.put("name", name);
        body.put("host", wanted.url().host().toLowerCase(Locale.ROOT));
        body.put("port", wanted.url().port());
        body.put("database", wanted.url().database());
        body.put("username", wanted.url().username());
        if (wanted.password() != null) {
            body.put("password", wanted.password());
        }
        if (sslMode != null) {
            body.put("sslMode", sslMode);
        }
        body.put("mediaPaths", media);
        return body;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
