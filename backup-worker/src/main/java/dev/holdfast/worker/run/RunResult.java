package dev.holdfast.worker.run;

/** What becomes of the scheduler's entry for a run. */
enum RunResult {
    /** The entry has had its effect: the backup has its outcome, or another turn. */
    DONE,
    /** Nothing was begun: the same entry is due again. */
    AGAIN,
    /** The entry belongs to another worker now, or will when this one's heartbeats are missed. */
    LOST
}
