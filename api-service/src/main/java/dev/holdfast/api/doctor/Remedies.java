package dev.holdfast.api.doctor;

import dev.holdfast.common.failure.Remedy;
import java.util.List;

/** What to do about a part of Holdfast that does not answer. */
final class Remedies {
    private Remedies() {}

    /** @param service its name in docker-compose.yml */
    static List<Remedy> ofService(String service) {
        return List.of(
                new Remedy("See whether it runs", List.of("docker compose ps"), false),
                new Remedy("Read why it does not", List.of("docker compose logs " + service), false),
                new Remedy("Without containers: start Holdfast again", List.of("./holdfast up"), false));
    }
}
