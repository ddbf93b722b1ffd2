package dev.holdfast.api.doctor;

import dev.holdfast.api.doctor.DoctorReport.Check;
import dev.holdfast.api.doctor.DoctorReport.Status;
import dev.holdfast.common.failure.Remedy;
import java.util.List;

/** What can be said in the place of a worker that says nothing: that alone, and how to find out why. */
final class SilentWorker {
    private static final String UNKNOWN = "not looked at, since the backup-worker does not answer";
    private static final List<Remedy> REMEDIES = Remedies.ofService("backup-worker");

    private SilentWorker() {}

    static List<Check> checks(String evidence) {
        return List.of(
                skipped("container-user", "Container user"),
                skipped("directory-permissions", "Directory permissions"),
                skipped("volume-ownership", "Volume ownership"),
                Check.fail("worker-log", "Worker log", evidence, REMEDIES),
                skipped("failed-backup-log", "Log of the last failed backup"));
    }

    private static Check skipped(String name, String title) {
        return new Check(name, title, Status.SKIPPED, UNKNOWN, List.of());
    }
}
