package dev.holdfast.worker.dump;

import java.util.List;

/** The PostgreSQL clients of this machine. */
public interface PgClients {

    /** All that were found, oldest major first; looked up anew at each call, so that an installed client is seen without a restart. */
    List<PgClient> installed();

    /**
     * The client of the server's major, or the next newer one.
     *
     * @throws dev.holdfast.common.failure.BackupException TOOL_MISSING where there is none, TOOL_TOO_OLD where all are older,
     *     TOOL_KILLED where one that may do could not be asked now
     */
    PgClient forServer(int majorVersion);
}
