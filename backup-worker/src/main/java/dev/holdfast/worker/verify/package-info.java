/** Reads what was written, before anyone calls it a backup. */
@NullMarked
package dev.holdfast.worker.verify;

import org.jspecify.annotations.NullMarked;
