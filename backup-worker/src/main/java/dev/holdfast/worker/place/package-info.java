/** Where this worker runs, which decides what there is to type when something is wrong. */
@NullMarked
package dev.holdfast.worker.place;

import org.jspecify.annotations.NullMarked;
