package dev.holdfast.api.backup;

import dev.holdfast.common.event.Artifact;
import dev.holdfast.common.event.BackupPhase;
import dev.holdfast.common.event.BackupType;
import dev.holdfast.common.failure.Failure;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A backup as it is shown: the contract's JSON, field by field.
 *
 * @param source its name
 * @param phase null unless it runs
 * @param path where the artifacts are on the worker, once it is completed
 */
@Schema(name = "Backup", example = BackupExample.COMPLETED)
public record BackupView(
        @Schema(example = "01a20b48-0a9c-7a6a-8317-d23f128b2f33")
        UUID id,

        @Schema(example = "webshop") String source,
        @Schema(example = "Before the release") String name,
        @Schema(example = "asked for by Ada") @Nullable String description,
        BackupType type,
        boolean includeMedia,
        BackupStatus status,
        @Nullable BackupPhase phase,
        @Schema(example = "1") int attempt,
        @Schema(example = "2026-11-24T02:00:00.412731Z") Instant requestedAt,

        @Schema(example = "2026-11-24T02:00:00.871204Z") @Nullable
        Instant startedAt,

        @Schema(example = "2026-11-24T02:03:12.450913Z") @Nullable
        Instant finishedAt,

        @Schema(example = "1518338048") long sizeBytes,
        @Schema(example = "1518338048") long bytesWritten,
        List<Artifact> artifacts,

        @Schema(example = "/app/backups/webshop/webshop_backup_20261124_020000_01a20b48") @Nullable
        String path,

        @Nullable Failure failure,
        MetadataView metadata,
        Verification verification) {

    /** Whether it was restored to prove it. */
    @Schema(name = "Verification")
    public record Verification(
            @Schema(allowableValues = {"none", "passed", "failed"})
            String status,

            @Schema(example = "2026-11-24T02:30:00.118240Z") @Nullable
            Instant at) {
        static final Verification NONE = new Verification("none", null);
    }

    /** How a backup of the catalogue is shown. */
    public static BackupView of(Backup backup) {
        var course = backup.course();
        var status = course.status();
        var start = course.start();
        var outcome = status.isFinal() ? course.outcome() : null;
        var size = outcome == null || outcome.sizeBytes() == null ? 0 : outcome.sizeBytes();
        return new BackupView(
                backup.id().value(),
                backup.sourceName(),
                backup.name(),
                backup.description(),
                backup.type(),
                backup.includeMedia(),
                status,
                phase(course),
                course.attempt(),
                backup.requestedAt(),
                start == null ? null : start.at(),
                outcome == null ? null : outcome.at(),
                size,
                status == BackupStatus.COMPLETED ? size : bytesWritten(course),
                outcome == null ? List.of() : outcome.artifacts(),
                outcome == null ? null : outcome.path(),
                outcome == null ? null : outcome.failure(),
                MetadataView.of(backup),
                Verification.NONE);
    }

    private static @Nullable BackupPhase phase(Course course) {
        if (course.status() != BackupStatus.RUNNING) {
            return null;
        }
        var step = course.presentStep();
        if (step != null) {
            return step.phase();
        }
        var start = course.start();
        // Between two attempts it is in no phase.
        return start != null && start.sequence() > course.setback() ? BackupPhase.PREFLIGHT : null;
    }

    private static long bytesWritten(Course course) {
        var step = course.presentStep();
        return step == null ? 0 : step.bytesWritten();
    }
}
