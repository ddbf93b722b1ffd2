package dev.holdfast.worker.step;

/** The log of one backup, for the person who reads it later. Lines must be free of secrets. */
public interface RunLog {

    /** Something went as planned. */
    void info(String line);

    /** Something is worth knowing, but does not fail the backup. */
    void warn(String line);

    /** Something failed. */
    void error(String line);
}
