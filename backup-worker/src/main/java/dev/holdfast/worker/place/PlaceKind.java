package dev.holdfast.worker.place;

/** What holds this worker, and so what repairs its volume. */
public enum PlaceKind {
    /** A service of the product's own docker-compose.yml; {@code ./holdfast volume} works there. */
    COMPOSE,
    /** A container that somebody started in another way. */
    DOCKER,
    KUBERNETES,
    /** A process on a machine. */
    PLAIN;

    public boolean isContainer() {
        return this != PLAIN;
    }
}
