package dev.holdfast.api.doctor;

import dev.holdfast.api.doctor.DoctorReport.Check;
import dev.holdfast.api.doctor.DoctorReport.Status;
import dev.holdfast.common.failure.Remedy;
import java.time.Instant;
import java.util.List;

/** What can be said in the place of a worker that says nothing: that alone, and how to find out why. */
final class SilentWorker {
    private static final String UNKNOWN = "not looked at, since the backup-worker does not answer";
    private static final List<Remedy> REMEDIES = List.of(
            new Remedy("See whether it runs", List.of("docker compose ps"), false),
            new Remedy("Read why it does not", List.of("docker compose logs backup-worker"), false),
            new Remedy("Without containers: start Holdfast again", List.of("./holdfast up"), false));

    private SilentWorker() {}

    static DoctorReport report(String evidence, Instant now) {
        return new DoctorReport(
                Status.FAIL,
                now,
                List.of(
                        skipped("container-user", "Container user"),
                        skipped("directory-permissions", "Directory permissions"),
                        skipped("volume-ownership", "Volume ownership"),
                        new Check("worker-log", "Worker log", Status.FAIL, evidence, REMEDIES),
                        skipped("failed-backup-log", "Log of the last failed backup")));
    }

    private static Check skipped(String name, String title) {
        return new Check(name, title, Status.SKIPPED, UNKNOWN, List.of());
    }
}
