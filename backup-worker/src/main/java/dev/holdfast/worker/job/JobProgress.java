package dev.holdfast.worker.job;

import dev.holdfast.common.event.BackupPhase;

/**
 * How far a run has come.
 *
 * @param bytesWritten to the volume so far
 * @param tablesDone of {@code tablesTotal}; both 0 while unknown
 */
public record JobProgress(BackupPhase phase, long bytesWritten, int tablesDone, int tablesTotal) {}
