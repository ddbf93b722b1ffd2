package dev.holdfast.worker.source;

import dev.holdfast.worker.step.StopSignal;

/** Opens connections to the databases that are backed up. */
public interface Sources {

    /**
     * Connects, within the configured timeout.
     *
     * @throws dev.holdfast.common.failure.BackupException SOURCE_UNREACHABLE, SOURCE_AUTHENTICATION_FAILED, SOURCE_TLS_FAILED,
     *     SOURCE_DATABASE_MISSING or SOURCE_PRIVILEGE_MISSING
     */
    SourceSession open(SourceAccess access, StopSignal stop);
}
