package dev.holdfast.worker.source;

import java.util.List;

/** One open connection to a source, read-only and with timeouts, for looking before the dump. */
public interface SourceSession extends AutoCloseable {

    /**
     * Reads what the server and the database are like.
     *
     * @throws dev.holdfast.common.failure.BackupException SOURCE_* when the server does not answer as it should
     */
    ServerFacts facts();

    /**
     * Makes sure that this role can read every table, sequence and large object that a dump takes along, and every row of them.
     *
     * @throws dev.holdfast.common.failure.BackupException SOURCE_PRIVILEGE_MISSING or SOURCE_ROW_SECURITY, naming the objects and
     *     the statement that mends it
     */
    void requireReadAccess();

    /**
     * Who holds locks that keep others from reading, one line for each lock, where there are many for the first, and how many more;
     * empty where nobody does. Not what they run: a query can hold secrets.
     */
    default List<String> lockHolders() {
        return List.of();
    }

    /**
     * Who waits for a lock that sessions of ours keep from them, one line for each, with what it waits for; not what they run.
     *
     * @param applicationName of our sessions
     */
    default List<String> waitingFor(String applicationName) {
        return List.of();
    }

    @Override
    void close();
}
