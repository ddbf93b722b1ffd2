package dev.holdfast.worker.job;

/** As much of a job as a running attempt has to look at every half second. */
public record JobStanding(int attempt, JobState state, boolean cancelRequested) {

    /** Whether this attempt is still the one that may write. */
    public boolean isRunning(int ofAttempt) {
        return state == JobState.RUNNING && attempt == ofAttempt;
    }
}
