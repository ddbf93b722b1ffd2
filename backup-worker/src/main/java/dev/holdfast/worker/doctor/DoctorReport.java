package dev.holdfast.worker.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.holdfast.common.failure.Remedy;
import java.time.Instant;
import java.util.List;

/**
 * What the doctor has found; the same words as in the failures, the log and the alerts.
 *
 * @param worker the one that has looked
 * @param workers all that share its jobs; none where the database can't be read
 */
record DoctorReport(Status status, Instant checkedAt, List<Check> checks, WorkerFacts worker, List<Colleague> workers) {

    static DoctorReport of(Instant checkedAt, List<Check> checks, WorkerFacts worker, List<Colleague> workers) {
        var failed = checks.stream().anyMatch(check -> check.status() == Status.FAIL);
        return new DoctorReport(failed ? Status.FAIL : Status.PASS, checkedAt, checks, worker, workers);
    }

    /**
     * One thing that was looked at.
     *
     * @param name by which programs know it
     * @param evidence what was seen; may have several lines
     * @param remedies what to do; empty where it passed
     */
    record Check(String name, String title, Status status, String evidence, List<Remedy> remedies) {

        static Check of(CheckName name, boolean passed, String evidence, List<Remedy> remedies) {
            return new Check(
                    name.wireName(),
                    name.title(),
                    passed ? Status.PASS : Status.FAIL,
                    evidence,
                    passed ? List.of() : remedies);
        }

        static Check skipped(CheckName name, String why) {
            return new Check(name.wireName(), name.title(), Status.SKIPPED, why, List.of());
        }
    }

    /** How a check came out. */
    enum Status {
        @JsonProperty("pass")
        PASS,
        @JsonProperty("fail")
        FAIL,
        /** Could not be looked at. */
        @JsonProperty("skipped")
        SKIPPED
    }
}
