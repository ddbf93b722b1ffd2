package dev.holdfast.worker.place;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where this worker runs, by the names that its operator types. */
public record Place(
        PlaceKind kind,
        @Nullable String projectName,
        @Nullable String serviceName,
        @Nullable String volumeName) {
    private static final Path DOCKER = Path.of("/.dockerenv");
    private static final Path PODMAN = Path.of("/run/.containerenv");

    /** A process on a machine, with no names. */
    public static Place plain() {
        return new Place(PlaceKind.PLAIN, null, null, null);
    }

    static Place of(PlaceProperties properties) {
        var kind = properties.kind();
        return new Place(
                kind == null ? detected() : kind,
                named(properties.project()),
                named(properties.service()),
                named(properties.volume()));
    }

    public Optional<String> project() {
        return Optional.ofNullable(projectName);
    }

    public String service() {
        return serviceName == null ? "backup-worker" : serviceName;
    }

    public Optional<String> volume() {
        return Optional.ofNullable(volumeName);
    }

    private static PlaceKind detected() {
        if (System.getenv("KUBERNETES_SERVICE_HOST") != null) {
            return PlaceKind.KUBERNETES;
        }
        return Files.exists(DOCKER) || Files.exists(PODMAN) ? PlaceKind.DOCKER : PlaceKind.PLAIN;
    }

    /** Compose passes a variable that is not set on as an empty one. */
    private static @Nullable String named(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
