package dev.holdfast.worker.advice;

import dev.holdfast.worker.place.Place;
import dev.holdfast.worker.storage.Mount;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What remedies need to know of one refusal.
 *
 * @param root below which the backups lie
 * @param path that refuses: the root or something below it
 * @param user the numbers that the path should belong to, as {@code 1001:1001}
 * @param loss what would be lost with the volume, in words
 */
record Situation(Place place, Path root, Path path, Optional<Mount> mount, String user, String loss) {

    /** The name that the operator's Docker, or Kubernetes, has for the volume. */
    Optional<String> volume() {
        return mount.flatMap(Mount::volume).or(place::volume);
    }
}
