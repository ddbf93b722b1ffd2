package dev.holdfast.standalone.cli;

import dev.holdfast.common.address.DatabaseAddress;
import java.io.IOException;
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
        private Wanted withPassword(@Nullable String other) {
            return new Wanted(url, other, media);
        }
    }

    /**
     * A source.
     *
     * @param isNew whether it has just been made
     * @param notes what has become of what was given, in words
     */
    record Registered(String id, String name, boolean isNew, List<String> notes) {}

    /**
     * A password that is given for a known source takes the place of the stored one once it has let the worker in, and not before; so
     * does another sslMode that comes with a password.
     *
     * @param missingPassword asked for a new source that came without one
     * @throws CommandFailure when the server refuses the password or the sslMode that is given for a known source; nothing has changed then
     */
    Registered register(Wanted wanted, Supplier<String> missingPassword) throws IOException {
        var known = find(wanted.url());
        if (known.isPresent()) {
            return new Registered(
                    text(known.get(), "id"), text(known.get(), "name"), false, update(known.get(), wanted));
        }
        var password = wanted.password() == null ? missingPassword.get() : wanted.password();
        return create(wanted.withPassword(password));
    }

    private Optional<JsonNode> find(DatabaseAddress url) throws IOException {
        return new KnownSources(api).find(source -> isAt(source, url));
    }

    private static boolean isAt(JsonNode source, DatabaseAddress url) {
        return text(source, "host").equalsIgnoreCase(url.host())
                && source.path("port").asInt(0) == url.port()
                && text(source, "database").equals(url.database())
                && text(source, "username").equals(url.username());
    }

    private List<String> update(JsonNode source, Wanted wanted) throws IOException {
        var present = new ArrayList<String>();
        source.path("mediaPaths").forEach(path -> present.add(path.asString("")));
        var media = wanted.media().isEmpty() ? present : wanted.media();
        var sslMode = Optional.ofNullable(wanted.url().sslMode()).orElse(text(source, "sslMode"));
        var name = text(source, "name");

        var notes = new ArrayList<String>();
        var proven = proven(source, wanted, body(name, wanted, sslMode, media), notes);
        boolean otherMode = !sslMode.equals(text(source, "sslMode"));
        boolean otherMedia = !media.equals(present);
        if (otherMode) {
            notes.add("source " + name + " has sslMode " + sslMode + " from now on");
        }
        if (otherMedia) {
            notes.add("source " + name + " has the media " + String.join(", ", media) + " from now on");
        }
        if (proven.password() != null || otherMode || otherMedia) {
            api.put("/api/v1/sources/" + text(source, "id"), body(name, proven, sslMode, media));
        }
        return notes;
    }

    /** The same without a password where it did not let the worker in. It can't be compared: the API never shows the one it has. */
    private Wanted proven(JsonNode source, Wanted wanted, Map<String, Object> body, List<String> notes)
            throws IOException {
        if (wanted.password() == null) {
            return wanted;
        }
        var login = SourceLogin.tryOut(api, body);
        if (login.isRefused()) {
            throw CommandFailure.failed("the password given now is not the one of " + wanted.url() + "; source "
                    + text(source, "name") + " keeps the one it has\n" + login.story());
        }
        var storedMode = text(source, "sslMode");
        if (!login.isIn() && !storedMode.equals(body.get("sslMode"))) {
            throw CommandFailure.failed("nobody is let in with sslMode " + body.get("sslMode") + "; source "
                    + text(source, "name") + " keeps sslMode " + storedMode + "\n" + login.story());
        }
        if (!login.isIn()) {
            notes.add("the password given now could not be tried, and source " + text(source, "name")
                    + " keeps the one it has: "
                    + login.story().strip());
            return wanted.withPassword(null);
        }
        return wanted;
    }

    private Registered create(Wanted wanted) throws IOException {
        var stem = stem(wanted.url().database());
        for (int i = 1; i <= NAME_TRIES; i++) {
            var name = i == 1 ? stem : stem + "-" + i;
            var answer =
                    api.post("/api/v1/sources", body(name, wanted, wanted.url().sslMode(), wanted.media()), null);
            if (answer.statusCode() != CONFLICT) {
                return new Registered(text(api.body(answer), "id"), name, true, List.of());
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
