package dev.holdfast.standalone.cli;

import org.jspecify.annotations.Nullable;

/**
 * The part of a database's address between user and database.
 *
 * @param port absent where it is not given
 */
record HostAndPort(String host, @Nullable Integer port) {
    private static final int MAX_PORT = 65535;

    static HostAndPort parse(String text) {
        if (text.contains(",")) {
            throw DatabaseUrl.wrong("it names several hosts, and a backup is taken from one");
        }
        if (text.startsWith("[")) {
            return bracketed(text);
        }
        int colon = text.indexOf(':');
        if (colon != text.lastIndexOf(':')) {
            throw DatabaseUrl.wrong("an IPv6 address must stand in brackets, as in [::1]");
        }
        var host = DatabaseUrl.decoded(colon < 0 ? text : text.substring(0, colon));
        if (host.startsWith("/")) {
            throw DatabaseUrl.wrong("a Unix socket's directory is no host; use 127.0.0.1 or a host name");
        }
        return new HostAndPort(host, colon < 0 ? null : port(text.substring(colon + 1)));
    }

    private static HostAndPort bracketed(String text) {
        int end = text.indexOf(']');
        if (end < 0) {
            throw DatabaseUrl.wrong("the bracket of the IPv6 address is not closed");
        }
        var rest = text.substring(end + 1);
        if (!rest.isEmpty() && !rest.startsWith(":")) {
            throw DatabaseUrl.wrong("after an IPv6 address comes : and the port");
        }
        return new HostAndPort(
                DatabaseUrl.decoded(text.substring(1, end)), rest.isEmpty() ? null : port(rest.substring(1)));
    }

    /** An empty port is no port, as in {@code host:/database}. */
    static @Nullable Integer port(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9]{1,5}")) {
            throw DatabaseUrl.wrong("its port is no number");
        }
        int port = Integer.parseInt(text);
        if (port < 1 || port > MAX_PORT) {
            throw DatabaseUrl.wrong("its port must be from 1 to " + MAX_PORT);
        }
        return port;
    }
}
