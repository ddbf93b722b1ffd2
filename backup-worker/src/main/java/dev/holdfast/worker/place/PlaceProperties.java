package dev.holdfast.worker.place;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the worker runs, as far as it can't see that by itself.
 *
 * @param kind found out where it is not set
 * @param project of Compose, or the namespace of Kubernetes
 * @param service of Compose, or the deployment of Kubernetes
 * @param volume the full name of the named volume, or of the claim, that holds the backups
 */
@ConfigurationProperties("holdfast.place")
record PlaceProperties(
        @Nullable PlaceKind kind,
        @Nullable String project,
        @Nullable String service,
        @Nullable String volume) {}
