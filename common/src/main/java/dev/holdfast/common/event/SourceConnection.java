package dev.holdfast.common.event;

/**
 * Where a source's database is and who logs in there; the password travels apart, sealed.
 *
 * @param host a host name or an IP address, without brackets
 * @param port 1 to 65535
 * @param database the exact name, whatever characters it has
 */
public record SourceConnection(String host, int port, String database, String username, SslMode sslMode) {}
