package dev.holdfast.notification.incident;

import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.failure.FailureCode;
import java.util.Arrays;
import java.util.List;

/**
 * What makes two failures the same problem. What ails the volume is one problem for each code, however many sources it hits: a new
 * reason is news, also while an older one is still open. Everything else is one per source and code.
 */
record IncidentKey(String value) {

    static IncidentKey of(BackupFailed event) {
        var code = event.failure().code();
        return isOfStorage(code) ? ofStorage(code) : new IncidentKey("source:" + event.sourceId() + ":" + code);
    }

    static IncidentKey ofStorage(FailureCode code) {
        return new IncidentKey("storage:" + code);
    }

    /** Everything that may ail a volume. */
    static List<FailureCode> storageCodes() {
        return Arrays.stream(FailureCode.values())
                .filter(IncidentKey::isOfStorage)
                .toList();
    }

    private static boolean isOfStorage(FailureCode code) {
        return code.name().startsWith("STORAGE_");
    }
}
