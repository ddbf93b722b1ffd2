package dev.holdfast.worker.job;

import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.id.BackupId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One backup as the worker knows it.
 *
 * @param attempt that runs or ran; greater than the requested one after a takeover
 * @param worker that claimed it last since it was requested
 * @param startedAt when that worker claimed it
 * @param turn of the newest request that counts; see {@link DueJob}
 * @param setbacks how often the newest request failed and was queued again
 * @param deaths how often in a row the worker that ran it was lost
 * @param newestSequence the greatest event sequence seen or written for this backup
 * @param cancelRequested whether somebody asked to stop this request or a later one
 */
public record Job(
        BackupRequested request,
        Instant requestedAt,
        int attempt,
        JobState state,
        @Nullable String worker,
        @Nullable Instant startedAt,
        int turn,
        int setbacks,
        int deaths,
        long newestSequence,
        boolean cancelRequested) {

    public BackupId id() {
        return request.backupId();
    }

    public int requestedAttempt() {
        return request.attempt();
    }

    /** The attempt that the next claim begins. */
    int nextAttempt() {
        return worker == null ? attempt : attempt + 1;
    }
}
