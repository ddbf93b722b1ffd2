package dev.holdfast.worker.job;

import dev.holdfast.common.id.BackupId;

/**
 * A job whose turn has come: what an instance of the scheduler's task stands for.
 *
 * @param turn grows by one each time that the same request is scheduled again; an earlier one is void
 */
public record DueJob(BackupId id, int requestedAttempt, int turn) {

    /** Reads a task instance's name. */
    public static DueJob ofInstance(String instance) {
        var parts = instance.split("/", -1);
        return new DueJob(
                BackupId.of(parts[0]), Integer.parseInt(parts[1]), parts.length > 2 ? Integer.parseInt(parts[2]) : 0);
    }

    /** The name of its task instance. It tells turns apart, so that a new one never meets the row of the one before. */
    String instance() {
        return turn == 0 ? id + "/" + requestedAttempt : id + "/" + requestedAttempt + "/" + turn;
    }
}
