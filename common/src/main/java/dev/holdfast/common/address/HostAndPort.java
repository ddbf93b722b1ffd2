package dev.holdfast.common.address;

import org.jspecify.annotations.Nullable;

/**
 * The part of a database's address between user and database.
 *
 * @param port absent where it is not given
 */
record HostAndPort(String host, @Nullable Integer port) {
    private static final int MAX_PORT = 65535;

    static HostAndPort parse(String text) {
        refuseSeveral(text);
        if (text.startsWith("[")) {
            return bracketed(text);
        }
        int colon = text.indexOf(':');
        if (colon != text.lastIndexOf(':')) {
            throw new UnreadableAddress("an IPv6 address must stand in brackets, as in [::1]");
        }
        var host = one(PercentEncoding.decode(colon < 0 ? text : text.substring(0, colon)));
        return new HostAndPort(host, colon < 0 ? null : port(text.substring(colon + 1)));
    }

    /** The host, where it is one that a backup can be taken from. */
    static String one(String host) {
        refuseSeveral(host);
        if (host.startsWith("/") || host.startsWith("@")) {
            throw new UnreadableAddress("a Unix socket's directory is no host; use 127.0.0.1 or a host name");
        }
        return host;
    }

    private static void refuseSeveral(String text) {
        if (text.contains(",")) {
            throw new UnreadableAddress("it names several hosts, and a backup is taken from one");
        }
    }

    private static HostAndPort bracketed(String text) {
        int end = text.indexOf(']');
        if (end < 0) {
            throw new UnreadableAddress("the bracket of the IPv6 address is not closed");
        }
        var rest = text.substring(end + 1);
        if (!rest.isEmpty() && !rest.startsWith(":")) {
            throw new UnreadableAddress("after an IPv6 address comes : and the port");
        }
        return new HostAndPort(
                PercentEncoding.decode(text.substring(1, end)), rest.isEmpty() ? null : port(rest.substring(1)));
    }

    /** An empty port is no port, as in {@code host:/database}. */
    static @Nullable Integer port(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9]{1,5}")) {
            throw new UnreadableAddress("its port is no number");
        }
        int port = Integer.parseInt(text);
        if (port < 1 || port > MAX_PORT) {
            throw new UnreadableAddress("its port must be from 1 to " + MAX_PORT);
        }
        return port;
    }
}
