package dev.holdfast.api.backup;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupCancelRequested;
import dev.holdfast.common.event.BackupCancelled;
import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupEvent;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupMetadata;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupProgressed;
import dev.holdfast.common.event.BackupRequested;
import dev.holdfast.common.event.BackupStarted;
import dev.holdfast.common.event.EventEnvelope;
import dev.holdfast.common.failure.Failure;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What the events have told of a backup so far. Of each kind of event it keeps the newest one by sequence, and nothing from before the
 * newest request; so it comes out the same in whatever order, and however often, the events arrive.
 *
 * @param attempt the greatest one heard of
 * @param newest the greatest sequence seen or written
 * @param requested the sequence of the newest request
 * @param cancelAsked the sequence of the newest wish to cancel; 0 where there is none
 * @param setback the sequence of the newest failure after which the worker tries again; 0 where there is none
 */
public record Course(
        int attempt,
        long newest,
        long requested,
        long cancelAsked,
        long setback,
        @Nullable Start start,
        @Nullable Step step,
        @Nullable Outcome outcome) {

    /** A worker has begun. */
    public record Start(long sequence, Instant at, String toolVersion, String serverVersion) {}

    /** How far it is. */
    public record Step(long sequence, BackupPhase phase, long bytesWritten) {}

    /** How it has ended; what a way of ending does not have is absent. */
    public record Outcome(
            long sequence,
            BackupStatus status,
            Instant at,
            @Nullable String path,
            @Nullable Long sizeBytes,
            List<Artifact> artifacts,
            @Nullable Failure failure,
            @Nullable BackupMetadata metadata) {}

    /** Nothing but a request. */
    static Course requested(int attempt, long sequence) {
        return new Course(attempt, sequence, sequence, 0, 0, null, null, null);
    }

    /** What it is with one more event; the same for an event that is known, outdated, or about something else. */
    Course after(EventEnvelope event) {
        return event.data() instanceof BackupEvent data ? after(event, data) : this;
    }

    private Course after(EventEnvelope event, BackupEvent data) {
        long sequence = event.sequence();
        var seen = new Course(
                Math.max(attempt, data.attempt()),
                Math.max(newest, sequence),
                requested,
                cancelAsked,
                setback,
                start,
                step,
                outcome);
        if (sequence <= requested) {
            return seen;
        }
        return switch (data) {
            case BackupRequested again -> seen.restarted(sequence);
            case BackupCancelRequested wish -> seen.withCancelAsked(sequence);
            case BackupStarted started ->
                seen.with(new Start(sequence, event.time(), started.toolVersion(), started.serverVersion()));
            case BackupProgressed progressed ->
                seen.with(new Step(sequence, progressed.phase(), progressed.bytesWritten()));
            case BackupCompleted completed -> seen.with(outcome(event, completed));
            case BackupFailed failed ->
                failed.willRetry() ? seen.withSetback(sequence) : seen.with(outcome(event, failed));
            case BackupCancelled cancelled -> seen.with(outcome(event, BackupStatus.CANCELLED, null));
        };
    }

    /** What the newest event makes of it. */
    public BackupStatus status() {
        long last = LongStream.of(requested, setback, startSequence(), stepSequence(), endSequence())
                .max()
                .orElse(requested);
        if (outcome != null && outcome.sequence() == last) {
            return outcome.status();
        }
        return last == requested ? BackupStatus.REQUESTED : BackupStatus.RUNNING;
    }

    /** Whether somebody wants the present attempt to be stopped. */
    public boolean isCancelAsked() {
        return cancelAsked > requested;
    }

    /** The step of the present attempt, where there is one. */
    @Nullable
    Step presentStep() {
        return step != null && step.sequence() > setback ? step : null;
    }

    Course withCancelAsked(long sequence) {
        long asked = Math.max(cancelAsked, sequence);
        return new Course(attempt, Math.max(newest, sequence), requested, asked, setback, start, step, outcome);
    }

    private Course restarted(long sequence) {
        return new Course(
                attempt,
                newest,
                sequence,
                cancelAsked > sequence ? cancelAsked : 0,
                setback > sequence ? setback : 0,
                startSequence() > sequence ? start : null,
                stepSequence() > sequence ? step : null,
                endSequence() > sequence ? outcome : null);
    }

    private Course withSetback(long sequence) {
        return new Course(attempt, newest, requested, cancelAsked, Math.max(setback, sequence), start, step, outcome);
    }

    private Course with(Start newer) {
        var kept = newer.sequence() > startSequence() ? newer : start;
        return new Course(attempt, newest, requested, cancelAsked, setback, kept, step, outcome);
    }

    private Course with(Step newer) {
        var kept = newer.sequence() > stepSequence() ? newer : step;
        return new Course(attempt, newest, requested, cancelAsked, setback, start, kept, outcome);
    }

    private Course with(Outcome newer) {
        var kept = newer.sequence() > endSequence() ? newer : outcome;
        return new Course(attempt, newest, requested, cancelAsked, setback, start, step, kept);
    }

    private static Outcome outcome(EventEnvelope event, BackupCompleted completed) {
        return new Outcome(
                event.sequence(),
                BackupStatus.COMPLETED,
                event.time(),
                completed.path(),
                completed.sizeBytes(),
                completed.artifacts(),
                null,
                completed.metadata());
    }

    private static Outcome outcome(EventEnvelope event, BackupFailed failed) {
        return outcome(event, BackupStatus.FAILED, failed.failure());
    }

    private static Outcome outcome(EventEnvelope event, BackupStatus status, @Nullable Failure failure) {
        return new Outcome(event.sequence(), status, event.time(), null, null, List.of(), failure, null);
    }

    private long startSequence() {
        return start == null ? 0 : start.sequence();
    }

    private long stepSequence() {
        return step == null ? 0 : step.sequence();
    }

    private long endSequence() {
        return outcome == null ? 0 : outcome.sequence();
    }
}
