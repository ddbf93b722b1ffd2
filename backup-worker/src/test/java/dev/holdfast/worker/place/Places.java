package dev.holdfast.worker.place;

/** Places for the tests of other packages. */
public final class Places {
    private Places() {}

    public static Place compose() {
        return new Place(PlaceKind.COMPOSE, "holdfast", "backup-worker", "holdfast_backup_files");
    }
}
