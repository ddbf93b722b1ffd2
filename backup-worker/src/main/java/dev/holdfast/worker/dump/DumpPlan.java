package dev.holdfast.worker.dump;

/**
 * How one database is dumped.
 *
 * @param jobs processes or threads that compress
 * @param compression as {@code --compress} takes it
 */
record DumpPlan(Way way, int jobs, String compression) {

    /** Which process writes what. */
    enum Way {
        /** One process, whose custom-format archive goes through the worker into {@code database.dump}. */
        STREAM,
        /** Several processes, which write the directory-format archive {@code database/} themselves. */
        PARALLEL,
        /** One process that does not compress, because it knows gzip alone; the worker makes {@code database/} of its output. */
        REPACKED
    }
}
