package dev.holdfast.worker.dump;

import dev.holdfast.worker.step.RunLog;
import dev.holdfast.worker.step.StopSignal;

/** Takes a dump of one database. */
public interface Dumper {

    /**
     * Dumps the database and, where the role may read them, the server's roles ({@code globals.sql}). Returns only after the tool
     * ended with exit code 0 and its output was read to the end; the files are written but not yet fsynced. On any failure the
     * tool and its children are dead when this throws; files may be left in the directory, which the caller discards.
     *
     * @param log gets the tool's own lines
     * @throws dev.holdfast.common.failure.BackupException classified, or with the reason of {@code stop}
     */
    void dump(DumpRequest request, DumpListener listener, RunLog log, StopSignal stop);
}
