package dev.holdfast.worker.doctor;

import dev.holdfast.worker.doctor.WorkerFacts.Tool;
import java.time.Instant;
import java.util.List;

/**
 * A worker that shares the jobs.
 *
 * @param running how many backups it runs
 * @param since when it came
 * @param seenAt when it last said that it is there
 * @param silent that was too long ago
 */
record Colleague(String name, List<Tool> tools, int running, Instant since, Instant seenAt, boolean silent) {}
