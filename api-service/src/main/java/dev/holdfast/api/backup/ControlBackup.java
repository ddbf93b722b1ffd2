package dev.holdfast.api.backup;

import dev.holdfast.api.source.Sources;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.event.Sequence;
import dev.holdfast.common.id.BackupId;
import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stops a backup that has not ended, and starts one again that has ended badly. */
@Service
public class ControlBackup {
    private final Backups backups;
    private final Sources sources;
    private final BackupOrders orders;
    private final RepeatBackup repeat;
    private final Clock clock;

    ControlBackup(Backups backups, Sources sources, BackupOrders orders, RepeatBackup repeat, Clock clock) {
        this.backups = backups;
        this.sources = sources;
        this.orders = orders;
        this.repeat = repeat;
        this.clock = clock;
    }

    /** Asks the worker to stop; asking twice is asking once. */
    @Transactional
    public Backup cancel(BackupId id) {
        var backup = backups.lock(id).orElseThrow(() -> notFound(id));
        var course = backup.course();
        if (course.status().isFinal()) {
            throw new ApiProblem(
                    ProblemCode.BACKUP_ENDED,
                    "the backup is " + course.status().wireName() + " and can't be cancelled");
        }
        if (course.isCancelAsked()) {
            return backup;
        }
        long sequence = Sequence.after(course.newest(), clock);
        var asked = backup.with(course.withCancelAsked(sequence));
        backups.update(id, asked.course());
        orders.cancel(asked, sequence);
        return asked;
    }

    /** Requests it anew under its id, from the source as it is now: what was corrected there counts. */
    @Transactional
    public Backup retry(BackupId id) {
        var backup = backups.lock(id).orElseThrow(() -> notFound(id));
        var course = backup.course();
        if (course.status() != BackupStatus.FAILED && course.status() != BackupStatus.CANCELLED) {
            throw new ApiProblem(
                    ProblemCode.BACKUP_NOT_ENDED,
                    "the backup is " + course.status().wireName() + " and can't be retried");
        }
        var source = sources.keep(backup.sourceId())
                .orElseThrow(() -> new ApiProblem(
                        ProblemCode.SOURCE_DELETED, "the source " + backup.sourceName() + " is no longer there"));
        source.requireActive();
        return repeat.again(backup, source);
    }

    /** What is answered where there is no such backup. */
    public static ApiProblem notFound(BackupId id) {
        return new ApiProblem(ProblemCode.BACKUP_NOT_FOUND, "no backup has the id " + id);
    }
}
