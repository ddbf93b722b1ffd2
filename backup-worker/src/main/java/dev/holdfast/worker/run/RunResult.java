package dev.holdfast.worker.run;

/** What becomes of the scheduler's entry for a run. */
enum RunResult {
    /** The backup has its outcome. */
    ENDED,
    /** The backup is queued again. */
    AGAIN,
    /** The entry belongs to another worker now, or will when this one's heartbeats are missed. */
    LOST
}
