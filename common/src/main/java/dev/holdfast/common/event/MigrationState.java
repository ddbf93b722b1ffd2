package dev.holdfast.common.event;

import java.util.List;

/**
 * How far an application's schema migrations had come.
 *
 * @param table schema-qualified, where the state was read
 * @param applied how many migrations ran successfully
 * @param failed how many are recorded as failed or unfinished
 * @param heads the newest migration, or one per application where the tool keeps them apart, as {@code app.name}
 */
public record MigrationState(String table, long applied, long failed, List<String> heads) {}
