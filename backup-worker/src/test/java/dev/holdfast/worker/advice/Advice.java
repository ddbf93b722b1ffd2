package dev.holdfast.worker.advice;

import dev.holdfast.worker.job.JobHistory;
import dev.holdfast.worker.place.Place;
import dev.holdfast.worker.storage.BackupStore;

/** Advice for the tests of other packages. */
public final class Advice {
    private Advice() {}

    public static StorageAdvice at(Place place, BackupStore store, JobHistory jobs) {
        return new StorageAdvice(store, place, new Loss(jobs));
    }
}
