package dev.holdfast.standalone.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A database's address as people have it in their settings: {@code postgresql://user:secret@host:5432/database?sslmode=require}
 * (PostgreSQL manual, section "Connection URIs").
 *
 * @param host without brackets
 * @param password absent where the address has none
 * @param sslMode absent where the address has none
 * @param ignored parameters that mean something to an application, and nothing for a backup
 */
record DatabaseUrl(
        String host,
        int port,
        String database,
        String username,
        @Nullable String password,
        @Nullable String sslMode,
        List<String> ignored) {
    private static final int DEFAULT_PORT = 5432;
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Set<String> KNOWN = Set.of("host", "port", "dbname", "user", "password", "sslmode");

    /**
     * Reads an address. A password may hold an unescaped {@code @}, as people type it; any other special character is
     * percent-encoded.
     *
     * @throws CommandFailure saying what is wrong, without the password
     */
    static DatabaseUrl parse(String text) {
        var rest = withoutScheme(text);
        int question = rest.indexOf('?');
        var parameters = parameters(question < 0 ? "" : rest.substring(question + 1));
        var place = question < 0 ? rest : rest.substring(0, question);
        int slash = place.indexOf('/');
        var authority = slash < 0 ? place : place.substring(0, slash);
        int at = authority.lastIndexOf('@');
        var login = at < 0 ? "" : authority.substring(0, at);
        int colon = login.indexOf(':');
        var address = HostAndPort.parse(authority.substring(at + 1));

        var host = parameters.getOrDefault("host", address.host());
        var port = parameters.containsKey("port") ? HostAndPort.port(parameters.get("port")) : address.port();
        var username = parameters.getOrDefault("user", decoded(colon < 0 ? login : login.substring(0, colon)));
        var password = parameters.containsKey("password")
                ? parameters.get("password")
                : colon < 0 ? null : decoded(login.substring(colon + 1));
        var database = parameters.getOrDefault("dbname", slash < 0 ? "" : decoded(place.substring(slash + 1)));
        return new DatabaseUrl(
                required(host, "host"),
                port == null ? DEFAULT_PORT : port,
                required(database, "database"),
                required(username, "user"),
                password == null || password.isEmpty() ? null : password,
                sslMode(parameters.get("sslmode")),
                parameters.keySet().stream()
                        .filter(name -> !KNOWN.contains(name))
                        .toList());
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "%s on %s:%d as %s".formatted(database, host, port, username);
    }

    private static String withoutScheme(String text) {
        for (var scheme : List.of("postgresql://", "postgres://")) {
            if (text.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return text.substring(scheme.length());
            }
        }
        throw wrong("it must begin with postgresql://");
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (var parameter : query.split("&", -1)) {
            if (!parameter.isEmpty()) {
                int equals = parameter.indexOf('=');
                if (equals < 1) {
                    throw wrong("each parameter after ? must read name=value");
                }
                parameters.put(decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static @Nullable String sslMode(@Nullable String mode) {
        if (mode != null && !SSL_MODES.contains(mode)) {
            throw wrong("sslmode must be one of disable, allow, prefer, require, verify-ca, verify-full");
        }
        return mode;
    }

    private static String required(String value, String part) {
        if (value.isEmpty()) {
            throw wrong("it names no " + part);
        }
        return value;
    }

    static String decoded(String text) {
        return PercentEncoding.decode(text);
    }

    static CommandFailure wrong(String reason) {
        return CommandFailure.misused("the database's address can't be used: " + reason
                + "; expected postgresql://USER:PASSWORD@HOST:5432/DATABASE");
    }
}
