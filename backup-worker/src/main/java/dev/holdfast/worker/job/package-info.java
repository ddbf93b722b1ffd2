/** Backup jobs as rows: accepted once, changed only by whoever runs the present attempt, ended exactly once. */
@NullMarked
package dev.holdfast.worker.job;

import org.jspecify.annotations.NullMarked;
