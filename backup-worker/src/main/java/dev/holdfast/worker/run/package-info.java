/** Runs backup jobs: the recipe, and what watches over it. */
@NullMarked
package dev.holdfast.worker.run;

import org.jspecify.annotations.NullMarked;
