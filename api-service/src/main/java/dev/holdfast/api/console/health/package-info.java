/** The page of the doctor. */
@NullMarked
package dev.holdfast.api.console.health;

import org.jspecify.annotations.NullMarked;
