package dev.holdfast.worker.job;

/**
 * Who claims a job.
 *
 * @param worker its name
 * @param hadItBefore whether this very process ran the job until it lost touch with its own database: then nobody has died
 */
public record Claimant(String worker, boolean hadItBefore) {

    /** One who comes to it for the first time. */
    public static Claimant of(String worker) {
        return new Claimant(worker, false);
    }
}
