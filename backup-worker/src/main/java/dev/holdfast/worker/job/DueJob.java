package dev.holdfast.worker.job;

import dev.holdfast.common.id.BackupId;

/** A requested attempt whose turn has come: what an instance of the scheduler's task stands for. */
public record DueJob(BackupId id, int requestedAttempt) {

    /** Reads a task instance's name. */
    public static DueJob ofInstance(String instance) {
        int separator = instance.indexOf('/');
        return new DueJob(
                BackupId.of(instance.substring(0, separator)), Integer.parseInt(instance.substring(separator + 1)));
    }

    /** The name of its task instance. It has the attempt in it, so that a retry never meets the row of the attempt before. */
    String instance() {
        return id + "/" + requestedAttempt;
    }
}
