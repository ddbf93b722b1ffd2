/** Runs the PostgreSQL client tools: the right version, without a shell, stopped when told. */
@NullMarked
package dev.holdfast.worker.dump;

import org.jspecify.annotations.NullMarked;
