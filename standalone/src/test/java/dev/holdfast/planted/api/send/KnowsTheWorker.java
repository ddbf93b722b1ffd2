package dev.holdfast.planted.api.send;

import dev.holdfast.planted.worker.job.JobManager;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class KnowsTheWorker {
    Object known() {
        return new JobManager();
    }
}
