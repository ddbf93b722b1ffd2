package dev.holdfast.common.address;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database's address as people have it in their settings: {@code postgresql://user:secret@host:5432/database?sslmode=require} or
 * {@code host=… dbname=… user=…} (PostgreSQL manual, section "Connection Strings").
 *
 * @param host without brackets
 * @param password absent where the address has none
 * @param sslMode absent where the address has none
 * @param ignored parameters that mean something to an application, and nothing for a backup
 */
public record DatabaseAddress(
        String host,
        int port,
        String database,
        String username,
        @Nullable String password,
        @Nullable String sslMode,
        List<String> ignored) {
    private static final int DEFAULT_PORT = 5432;
    /** Drivers put their own name around it: {@code jdbc:postgresql://}, {@code postgresql+psycopg://}. */
    private static final Pattern SCHEME =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?(?:\\+[a-z0-9_]+)?://", Pattern.CASE_INSENSITIVE);

    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Set<String> KNOWN = Set.of("host", "port", "dbname", "user", "password", "sslmode");

    /**
     * Reads an address in either form. In a URL the password may hold an unescaped {@code @}, as people type it; any other special
     * character is percent-encoded.
     *
     * @throws UnreadableAddress saying what is wrong, without the password
     */
    public static DatabaseAddress parse(String text) {
        var scheme = SCHEME.matcher(text);
        if (scheme.lookingAt()) {
            return url(text.substring(scheme.end()));
        }
        if (text.indexOf('=') < 0 || text.contains("://")) {
            throw new UnreadableAddress("it must begin with postgresql://, or read host=… dbname=… user=…");
        }
        return of(KeywordValues.parse(text));
    }

    private static DatabaseAddress url(String rest) {
        int question = rest.indexOf('?');
        var place = question < 0 ? rest : rest.substring(0, question);
        int slash = place.indexOf('/');
        var authority = slash < 0 ? place : place.substring(0, slash);
        if (slash >= 0 && place.indexOf('@', slash) >= 0) {
            // Else what follows a / within a password would be taken for the name of the database, and shown.
            throw new UnreadableAddress(
                    "a / or @ in user, password or database must be percent-encoded, as %2F or %40");
        }
        int at = authority.lastIndexOf('@');
        var login = at < 0 ? "" : authority.substring(0, at);
        int colon = login.indexOf(':');
        var address = HostAndPort.parse(authority.substring(at + 1));

        var parts = new LinkedHashMap<String, String>();
        parts.put("host", address.host());
        parts.put("port", address.port() == null ? "" : String.valueOf(address.port()));
        parts.put("user", PercentEncoding.decode(colon < 0 ? login : login.substring(0, colon)));
        parts.put("password", colon < 0 ? "" : PercentEncoding.decode(login.substring(colon + 1)));
        parts.put("dbname", slash < 0 ? "" : PercentEncoding.decode(place.substring(slash + 1)));
        parts.putAll(parameters(question < 0 ? "" : rest.substring(question + 1)));
        return of(parts);
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (var parameter : query.split("&", -1)) {
            if (!parameter.isEmpty()) {
                int equals = parameter.indexOf('=');
                if (equals < 1) {
                    throw new UnreadableAddress("each parameter after ? must read name=value");
                }
                parameters.put(
                        PercentEncoding.decode(parameter.substring(0, equals)),
                        PercentEncoding.decode(parameter.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static DatabaseAddress of(Map<String, String> parts) {
        var port = HostAndPort.port(parts.getOrDefault("port", ""));
        var password = parts.getOrDefault("password", "");
        return new DatabaseAddress(
                HostAndPort.one(required(parts, "host", "host")),
                port == null ? DEFAULT_PORT : port,
                required(parts, "dbname", "database"),
                required(parts, "user", "user"),
                password.isEmpty() ? null : password,
                sslMode(parts.get("sslmode")),
                parts.keySet().stream().filter(name -> !KNOWN.contains(name)).toList());
    }

    private static String required(Map<String, String> parts, String key, String name) {
        var value = parts.getOrDefault(key, "");
        if (value.isEmpty()) {
            throw new UnreadableAddress("it names no " + name);
        }
        return value;
    }

    private static @Nullable String sslMode(@Nullable String mode) {
        if (mode != null && !SSL_MODES.contains(mode)) {
            throw new UnreadableAddress(
                    "sslmode must be one of disable, allow, prefer, require, verify-ca, verify-full");
        }
        return mode;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "%s on %s:%d as %s".formatted(database, host, port, username);
    }
}
