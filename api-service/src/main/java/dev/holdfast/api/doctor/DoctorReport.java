package dev.holdfast.api.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.holdfast.common.failure.Remedy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What support would ask for first: the worker's checks, then those of what the services stand on.
 *
 * @param status fail where one check fails
 * @param worker what the worker that has answered has; null where none says anything
 * @param workers all that share the jobs, those last of which nothing is heard any more
 */
public record DoctorReport(
        @Schema(example = "fail") Status status,
        @Schema(example = "2026-11-25T08:15:30.204117Z") Instant checkedAt,
        List<Check> checks,
        @Nullable Worker worker,
        List<Colleague> workers) {

    static DoctorReport of(Instant checkedAt, List<Check> checks, @Nullable Worker worker, List<Colleague> workers) {
        var failed = checks.stream().anyMatch(check -> check.status() == Status.FAIL);
        return new DoctorReport(failed ? Status.FAIL : Status.PASS, checkedAt, checks, worker, workers);
    }

    /** How a check has ended; a whole report is never skipped. */
    public enum Status {
        @JsonProperty("pass")
        PASS,
        @JsonProperty("fail")
        FAIL,
        @JsonProperty("skipped")
        SKIPPED
    }

    /**
     * One check.
     *
     * @param name the same for ever, for programs
     * @param evidence what was seen; may have lines
     */
    @Schema(name = "DoctorCheck")
    public record Check(
            @Schema(example = "directory-permissions") String name,

            @Schema(example = "A file can be written where backups go")
            String title,

            @Schema(example = "fail") Status status,

            @Schema(
                    example = "STORAGE_PERMISSION_DENIED: /app/backups refuses the user that the worker runs as (uid"
                            + " 1001): it belongs to 0:0 with mode 0755")
            String evidence,

            List<Remedy> remedies) {

        static Check pass(String name, String title, String evidence) {
            return new Check(name, title, Status.PASS, evidence, List.of());
        }

        static Check fail(String name, String title, String evidence, List<Remedy> remedies) {
            return new Check(name, title, Status.FAIL, evidence, remedies);
        }
    }

    /**
     * What a worker has to work with.
     *
     * @param name by which its events call it
     * @param volume absent where the directory can't be looked at
     */
    @Schema(name = "WorkerFacts")
    public record Worker(
            @Schema(example = "worker-1") String name,
            List<Tool> tools,
            @Nullable Room volume) {}

    /**
     * A worker that shares the jobs.
     *
     * @param name by which its events call it
     * @param running how many backups it runs
     * @param since when it came
     * @param seenAt when it last said that it is there
     * @param silent that was too long ago
     */
    @Schema(name = "WorkerPresence")
    public record Colleague(
            @Schema(example = "worker-1") String name,
            List<Tool> tools,
            @Schema(example = "1") int running,
            @Schema(example = "2026-11-25T06:00:02.118502Z") Instant since,
            @Schema(example = "2026-11-25T08:15:28.907733Z") Instant seenAt,
            @Schema(example = "false") boolean silent) {}

    /** An installed PostgreSQL client. */
    public record Tool(
            @Schema(example = "17.12") String version,
            @Schema(example = "/usr/lib/postgresql/17/bin") String directory) {}

    /** The room of the volume that holds the backups, in bytes; free is what the worker's user may take. */
    public record Room(
            @Schema(example = "/app/backups") String root,
            @Schema(example = "107374182400") long totalBytes,
            @Schema(example = "64424509440") long freeBytes) {}
}
