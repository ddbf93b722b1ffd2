package dev.holdfast.api.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.holdfast.common.failure.Remedy;
import java.time.Instant;
import java.util.List;

/**
 * The five checks that support asks for, in this order.
 *
 * @param status fail where one check fails
 */
record DoctorReport(Status status, Instant checkedAt, List<Check> checks) {

    /** How a check has ended; a whole report is never skipped. */
    enum Status {
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
    record Check(String name, String title, Status status, String evidence, List<Remedy> remedies) {}
}
