package dev.holdfast.api.source;

import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import dev.holdfast.api.web.problem.ProblemCode;
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
 * @param paused whether new backups of it are refused
 * @param version counts its changes
 */
public record Source(
        SourceId id,
        String name,
        SourceConnection connection,
        List<String> mediaPaths,
        SealedSecret sealedPassword,
        boolean passwordSet,
        boolean paused,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /** @throws ApiProblem {@code SOURCE_PAUSED} when it takes no new backups */
    public void requireActive() {
        if (paused) {
            throw new ApiProblem(ProblemCode.SOURCE_PAUSED, "backups of " + name + " are paused");
        }
    }

    /** Its version for {@code ETag}. */
    public String etag() {
        return "\"" + version + "\"";
    }

    Source paused(boolean now, Instant at) {
        return new Source(
                id, name, connection, mediaPaths, sealedPassword, passwordSet, now, version + 1, createdAt, at);
    }

    /** Where it is, in the form that resolvers know: an internationalised host name in its ASCII form. */
    public SourceConnection resolvableConnection() {
        return resolvable(connection);
    }

    /**
     * The stored password is for the server that it was given for, and for the protection on the way there: nobody gets it sent to another
     * one, or in the clear, by changing the source.
     *
     * @throws ApiProblem {@code PASSWORD_NEEDED} when what is wanted is on another server or less protected, and comes without a password
     */
    void requirePasswordOf(SourceRequest wanted) {
        if (!passwordSet || wanted.password() != null) {
            return;
        }
        var stored = connection.sslMode();
        if (!isOnServerOf(wanted.connection())) {
            var host = connection.host();
            throw passwordNeeded((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + connection.port());
        }
        if (wanted.connection().sslMode().ordinal() < stored.ordinal()) {
            throw passwordNeeded("sslMode " + stored.libpqName() + " or better");
        }
    }

    private static ApiProblem passwordNeeded(String onlyFor) {
        var detail = "Give the password again: the stored one is only for " + onlyFor;
        return new ApiProblem(
                ProblemCode.PASSWORD_NEEDED,
                detail,
                FieldProblem.at("/password", detail, ProblemCode.PASSWORD_NEEDED.name()));
    }

    private boolean isOnServerOf(SourceConnection other) {
        return connection.port() == other.port()
                && resolvable(connection)
                        .host()
                        .equalsIgnoreCase(resolvable(other).host());
    }

    static SourceConnection resolvable(SourceConnection connection) {
        var host = connection.host();
        return new SourceConnection(
                host.indexOf(':') < 0 ? IDN.toASCII(host) : host,
                connection.port(),
                connection.database(),
                connection.username(),
                connection.sslMode());
    }
}
