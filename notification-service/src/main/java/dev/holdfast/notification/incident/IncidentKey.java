package dev.holdfast.notification.incident;

import dev.holdfast.common.event.BackupFailed;
import dev.holdfast.common.failure.FailureCode;

/**
 * What makes two failures the same problem. Whatever ails the volume is one problem, however many sources it hits; lack of room is
 * a second, since it may concern large sources alone while the volume is fine. Everything else is one per source and code.
 */
record IncidentKey(String value) {
    static final IncidentKey STORAGE = new IncidentKey("storage");
    static final IncidentKey STORAGE_ROOM = new IncidentKey("storage:full");

    static IncidentKey of(BackupFailed event) {
        var code = event.failure().code();
        return isOfStorage(code) ? ofStorage(code) : new IncidentKey("source:" + event.sourceId() + ":" + code);
    }

    static IncidentKey ofStorage(FailureCode code) {
        return code == FailureCode.STORAGE_FULL ? STORAGE_ROOM : STORAGE;
    }

    private static boolean isOfStorage(FailureCode code) {
        return code.name().startsWith("STORAGE_");
    }
}
