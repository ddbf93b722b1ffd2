package dev.holdfast.worker.source;

import dev.holdfast.common.event.SourceConnection;

/**
 * How to log in to a source's database.
 *
 * @param password in clear, kept for the run alone
 * @param applicationName by which the server's administrator recognises our sessions, such as {@code holdfast-0190…}
 */
public record SourceAccess(SourceConnection connection, String password, String applicationName) {

    /** Without the password. */
    @Override
    public String toString() {
        return "SourceAccess[%s, %s]".formatted(connection, applicationName);
    }
}
