package dev.holdfast.worker.source;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient the worker is with a source's server.
 *
 * @param connectTimeout for the connection, and again for the login
 * @param statementTimeout for each question that is asked before the dump
 * @param lockTimeout for tables that such a question reads
 * @param tlsRootCertificates PEM file of the authorities that {@code verify-ca} and {@code verify-full} trust; where none is
 *     given, {@code ~/.postgresql/root.crt} or else the system's
 */
@ConfigurationProperties("holdfast.source")
record SourceSettings(
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("60s") Duration statementTimeout,
        @DefaultValue("2s") Duration lockTimeout,
        @Nullable Path tlsRootCertificates) {

    SourceSettings {
        requireSeconds("connect-timeout", connectTimeout);
        requireSeconds("statement-timeout", statementTimeout);
        if (lockTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("holdfast.source.lock-timeout must be at least 1ms: " + lockTimeout);
        }
    }

    /** How long the driver waits for bytes; longer than the server may take, so that the server is the one that speaks. */
    Duration socketTimeout() {
        return statementTimeout.plus(connectTimeout);
    }

    /** The driver counts in seconds, and takes 0 for "never". */
    private static void requireSeconds(String key, Duration value) {
        if (value.toSeconds() < 1) {
            throw new IllegalArgumentException("holdfast.source." + key + " must be at least 1s: " + value);
        }
    }
}
