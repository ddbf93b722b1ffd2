package dev.holdfast.api.console.sources;

import dev.holdfast.api.source.Source;
import dev.holdfast.api.source.SourceRequest;
import dev.holdfast.common.address.DatabaseAddress;
import dev.holdfast.common.event.SslMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the form of a source says: one address as people have it in their settings, or its parts. The password and the address, which
 * may hold one, come from the browser and are never sent back.
 *
 * @param address empty where the parts count
 * @param name empty for that of the database
 * @param port as it was typed
 * @param password empty for the one there is
 * @param noPassword whether the server asks for none
 * @param media one directory a line
 * @param version of what the form was filled with; empty for a new source
 */
public record SourceForm(
        String address,
        String name,
        String host,
        String port,
        String database,
        String username,
        String password,
        @Nullable Boolean noPassword,
        String sslMode,
        String media,
        String version) {
    private static final String DEFAULT_PORT = "5432";
    private static final int MAX_NAME = 190;

    /** Missing fields are empty ones. */
    public SourceForm {
        address = text(address).strip();
        name = text(name).strip();
        host = text(host).strip();
        port = text(port).strip();
        database = text(database);
        username = text(username);
        password = text(password);
        noPassword = Boolean.TRUE.equals(noPassword);
        sslMode = text(sslMode);
        media = text(media);
        version = text(version);
    }

    static SourceForm empty() {
        return new SourceForm("", "", "", DEFAULT_PORT, "", "", "", false, SslMode.PREFER.libpqName(), "", "");
    }

    static SourceForm of(Source source) {
        var connection = source.connection();
        return new SourceForm(
                "",
                source.name(),
                connection.host(),
                String.valueOf(connection.port()),
                connection.database(),
                connection.username(),
                "",
                !source.passwordSet(),
                connection.sslMode().libpqName(),
                String.join("\n", source.mediaPaths()),
                source.etag());
    }

    /**
     * The same with the parts that the address has.
     *
     * @throws dev.holdfast.common.address.UnreadableAddress when it is none
     */
    SourceForm resolved() {
        if (address.isEmpty()) {
            return name.isEmpty() ? named(database) : this;
        }
        var given = DatabaseAddress.parse(address);
        var resolved = new SourceForm(
                "",
                name,
                given.host(),
                String.valueOf(given.port()),
                given.database(),
                given.username(),
                given.password() == null ? password : given.password(),
                given.password() == null && hasNoPassword(),
                given.sslMode() == null ? sslMode : given.sslMode(),
                media,
                version);
        return name.isEmpty() ? resolved.named(given.database()) : resolved;
    }

    /** What may be sent to the browser. */
    SourceForm withoutSecrets() {
        return new SourceForm("", name, host, port, database, username, "", noPassword, sslMode, media, version);
    }

    /**
     * As a request, to be validated.
     *
     * @param stored what is changed; null for a new source, which has a password, if an empty one
     */
    SourceRequest request(@Nullable Source stored) {
        return new SourceRequest(
                name,
                host,
                port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0,
                database,
                username,
                requestedPassword(stored),
                mode(),
                media.lines().map(String::strip).filter(line -> !line.isEmpty()).toList(),
                null);
    }

    private boolean hasNoPassword() {
        return Boolean.TRUE.equals(noPassword);
    }

    private @Nullable String requestedPassword(@Nullable Source stored) {
        if (hasNoPassword()) {
            return "";
        }
        return password.isEmpty() && stored != null ? null : password;
    }

    /** Whether its choice of a mode is one that the form offers; none at all is. */
    boolean hasKnownMode() {
        return sslMode.isEmpty() || modes().contains(sslMode);
    }

    private SslMode mode() {
        return Arrays.stream(SslMode.values())
                .filter(mode -> mode.libpqName().equals(sslMode))
                .findFirst()
                .orElse(SslMode.PREFER);
    }

    /** The modes to choose from. */
    static List<String> modes() {
        return Arrays.stream(SslMode.values()).map(SslMode::libpqName).toList();
    }

    /** A database may have a name that a source may not have: too long, or with white space around it. */
    private SourceForm named(String database) {
        var shown = database.replaceAll("\\p{Cntrl}", "_").strip();
        var name = shown.codePointCount(0, shown.length()) <= MAX_NAME
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, MAX_NAME)).strip();
        return new SourceForm(
                address, name, host, port, database, username, password, noPassword, sslMode, media, version);
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    /** Without what may be a secret. */
    @Override
    public String toString() {
        return "SourceForm[name=" + name + "]";
    }
}
