/** Backup jobs: accepted once, run under a lease, ended exactly once. */
@NullMarked
package dev.holdfast.worker.run;

import org.jspecify.annotations.NullMarked;
