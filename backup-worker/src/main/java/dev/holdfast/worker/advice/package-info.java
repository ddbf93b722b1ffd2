/** What to type, exactly, when the volume refuses: remedies for this place, volume, path and user. */
@NullMarked
package dev.holdfast.worker.advice;

import org.jspecify.annotations.NullMarked;
