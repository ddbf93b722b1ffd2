package dev.holdfast.common.failure;

import java.util.List;
import java.util.Map;

/**
 * Why a backup has failed, for people and for programs. Free of secrets in every part.
 *
 * @param summary one line: what happened, with the names of this case
 * @param cause why such a thing happens
 * @param detail the raw words of the tool or the system, for the one who repairs it
 * @param retryable whether trying again may help with nothing changed
 */
public record Failure(
        FailureCode code, String summary, String cause, String detail, List<Remedy> remedies, boolean retryable) {

    /**
     * Describes one case of a code.
     *
     * @param facts values for the placeholders of the code's remedies, such as {@code host}; in commands they are quoted for a
     *     POSIX shell, and a placeholder without a fact stays readable as {@code <host>}
     */
    public static Failure of(FailureCode code, String summary, String detail, Map<String, String> facts) {
        return new Failure(
                code,
                summary,
                code.cause(),
                detail,
                code.remedies(facts),
                code.failureClass() == FailureClass.RETRY_LATER);
    }

    /** The same with remedies for the place where it happened. */
    public Failure withRemedies(List<Remedy> better) {
        return new Failure(code, summary, cause, detail, List.copyOf(better), retryable);
    }

    /** The same with more to know about it. */
    public Failure withDetail(String fuller) {
        return new Failure(code, summary, cause, fuller, remedies, retryable);
    }
}
