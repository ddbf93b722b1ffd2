package dev.holdfast.worker.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this worker has to work with.
 *
 * @param name by which its events call it
 * @param volume absent where the directory can't be looked at
 */
record WorkerFacts(String name, List<Tool> tools, @Nullable Room volume) {

    /** An installed PostgreSQL client. */
    record Tool(String version, String directory) {}

    /** The room of the volume that holds the backups, in bytes; free is what the worker's user may take. */
    record Room(String root, long totalBytes, long freeBytes) {}
}
