package dev.holdfast.notification.incident;

import dev.holdfast.common.event.BackupCompleted;
import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.event.BackupPart;
import dev.holdfast.common.failure.FailureCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Which parts of a source a failure leaves without a backup, and which a backup makes good: an archive of media is none of a database. */
final class Parts {
    private static final String MEDIA_ARCHIVE = "media.tar.zst";

    private Parts() {}

    /** What has to be backed up again before the failure is made good. */
    static Set<BackupPart> missing(BackupFailed event) {
        if (isAboutMedia(event.failure().code())) {
            return EnumSet.of(BackupPart.MEDIA);
        }
        var code = event.failure().code().name();
        if (code.startsWith("SOURCE_") || code.startsWith("TOOL_")) {
            return EnumSet.of(BackupPart.DATABASE);
        }
        var wanted = Objects.requireNonNullElse(event.parts(), List.<BackupPart>of());
        return wanted.isEmpty() ? EnumSet.of(BackupPart.DATABASE) : EnumSet.copyOf(wanted);
    }

    /** Whether it is the media alone that this keeps from being backed up. */
    static boolean isAboutMedia(FailureCode code) {
        return code.name().startsWith("MEDIA_");
    }

    /** What is in a backup. */
    static Set<BackupPart> in(BackupCompleted event) {
        var parts = EnumSet.noneOf(BackupPart.class);
        if (event.metadata().serverVersion() != null) {
            parts.add(BackupPart.DATABASE);
        }
        if (event.artifacts().stream().anyMatch(artifact -> artifact.file().equals(MEDIA_ARCHIVE))) {
            parts.add(BackupPart.MEDIA);
        }
        return parts;
    }
}
