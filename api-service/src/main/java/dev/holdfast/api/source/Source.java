package dev.holdfast.api.source;

import dev.holdfast.common.event.SealedSecret;
import dev.holdfast.common.event.SourceConnection;
import dev.holdfast.common.id.SourceId;
import java.net.IDN;
import java.time.Instant;
import java.util.List;

/**
 * A database that can be backed up.
 *
 * @param mediaPaths absolute directories on the worker; empty where it has none
 * @param passwordSet whether there is a password in the seal, or an empty one
 */
public record Source(
        SourceId id,
        String name,
        SourceConnection connection,
        List<String> mediaPaths,
        SealedSecret sealedPassword,
        boolean passwordSet,
        Instant createdAt,
        Instant updatedAt) {

    /** Where it is, in the form that resolvers know: an internationalised host name in its ASCII form. */
    public SourceConnection resolvableConnection() {
        var host = connection.host();
        return new SourceConnection(
                host.indexOf(':') < 0 ? IDN.toASCII(host) : host,
                connection.port(),
                connection.database(),
                connection.username(),
                connection.sslMode());
    }
}
