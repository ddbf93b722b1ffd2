package dev.holdfast.api.backup;

import dev.holdfast.api.source.Source;
import dev.holdfast.api.source.Sources;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.FieldProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.event.Sequence;
import dev.holdfast.common.id.BackupId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Accepts a wish for a backup: a row in the catalogue, and the request that the worker will get. */
@Service
class RequestBackup {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Sources sources;
    private final Backups backups;
    private final BackupOrders orders;
    private final Clock clock;

    RequestBackup(Sources sources, Backups backups, BackupOrders orders, Clock clock) {
        this.sources = sources;
        this.backups = backups;
        this.orders = orders;
        this.clock = clock;
    }

    /** @throws ApiProblem when there is no such source, it is paused, or has nothing of what is wanted */
    @Transactional
    public Backup accept(BackupRequest request) {
        var source = sources.keep(request.source()).orElseThrow(RequestBackup::unknownSource);
        source.requireActive();
        var backup = backup(request, source);
        backups.insert(backup);
        orders.request(backup, source, backup.course().requested());
        return backup;
    }

    private Backup backup(BackupRequest request, Source source) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new Backup(
                BackupId.next(),
                source.id(),
                source.name(),
                request.name() == null ? source.name() + " " + MINUTE.format(now) : request.name(),
                request.description(),
                request.wantedType(),
                includeMedia(request, source),
                request.app(),
                now,
                Course.requested(1, Sequence.after(0, clock)));
    }

    /** Media that were asked for and can't be there are an error now, not something missing in the artifact later. */
    private static boolean includeMedia(BackupRequest request, Source source) {
        var hasMedia = !source.mediaPaths().isEmpty();
        var type = request.wantedType();
        var wanted = request.includeMedia();
        if (type == BackupType.MEDIA && !hasMedia) {
            throw invalid("/type", "the source has no mediaPaths");
        }
        if (wanted == null) {
            return type != BackupType.DATABASE && hasMedia;
        }
        if (wanted && type == BackupType.DATABASE) {
            throw invalid("/includeMedia", "a backup of type database takes no media; ask for type full");
        }
        if (wanted && !hasMedia) {
            throw invalid("/includeMedia", "the source has no mediaPaths");
        }
        if (!wanted && type == BackupType.MEDIA) {
            throw invalid("/includeMedia", "a backup of type media is nothing but media");
        }
        return wanted;
    }

    private static ApiProblem invalid(String pointer, String message) {
        return ApiProblem.invalid(FieldProblem.at(pointer, message, FieldProblem.INVALID));
    }

    private static ApiProblem unknownSource() {
        var detail = "no source has this id or name";
        return new ApiProblem(
                ProblemCode.SOURCE_UNKNOWN,
                detail,
                FieldProblem.at("/source", detail, ProblemCode.SOURCE_UNKNOWN.name()));
    }
}
