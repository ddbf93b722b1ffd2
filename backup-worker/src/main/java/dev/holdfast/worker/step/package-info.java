/** What every step of a run is handed: where to write its log, and the signal that tells it to stop. */
@NullMarked
package dev.holdfast.worker.step;

import org.jspecify.annotations.NullMarked;
